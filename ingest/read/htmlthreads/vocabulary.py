"""The words by which blog systems name the parts of a thread: in classes, ids and labels, in many languages.

Names are looked at as lists of words (``commentMeta``, ``comment-meta``, ``comment__meta`` and ``commentmeta`` alike),
so that one list of words serves all systems and themes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ingest.read.words import phrases, wordset

ONE: Final = wordset(
    """
    comment kommentar commentaire comentario commento comentari reactie reaktion komentarz komentar koment yorum
    cmt cmmt comm talkback kommentti hozzaszolas kommentaari kommentit leserbrief opinion discussionpost
    komentas kommentaar комментарий комментарии коммент
    """
)
MANY: Final = wordset(
    """
    comments kommentare kommentarer commentaires comentarios commenti comentaris reacties reactions reaktionen
    komentarze komentari komentare komentarai yorumlar cmts kommentit hozzaszolasok replies responses discussion
    discussions disqus talkbacks opiniones opinions thread threads leserkommentare lesermeinungen lesermeinung
    forum conversation kommentarliste commentary antworten ergaenzungen respuestas reponses
    """
)
REPLY: Final = wordset(
    """
    reply response answer antwort respuesta reponse risposta antwoord odpowiedz svar
    """
)
_STEMS: Final = sorted(ONE | MANY, key=len, reverse=True)

PARTS: Final = wordset(
    """
    item items box wrap wrapper wrapped container entry row block node single article body inner card cell main
    root parent child li div section view post message media outer holder content contents data details unit
    element el panel bubble top level first last even odd alt new user users by public regular normal approved
    text list listing area author authors meta metadata info header head footer foot date time datetime
    timestamp count counts number form reply replies respond link links avatar actions action nav navigation
    title heading headline tree group children nested sub thread feed section block module index permalink
    rating vote votes button toggle id name bottom
    """
)
# What an item of a thread may be called beyond "comment": anything else names a part of one, or a whole thread.
_NOT_AN_ITEM: Final = wordset(
    """
    list listing area author authors meta metadata info header head footer foot date time datetime timestamp
    count counts number form reply replies respond link links avatar actions action nav navigation title heading
    headline tree group children feed permalink rating vote votes button toggle open closed module widget recent
    latest status section text copy like likes share field input textarea label notes subscribe subscription
    policy name open opened enabled has no show hide load more add write leave submit parent_link icon icons
    bubble_count id url email cookies consent
    """
)

AUTHOR: Final = wordset(
    """
    author authors username nick nickname nic poster commenter commentator user writer byline autor auteur
    verfasser autore usuario utilisateur benutzer nutzer gebruiker uzytkownik member screenname displayname
    fullname who handle postedby profilename profile posterusername yazar
    """
)
_AUTHOR_NOT: Final = wordset(
    """
    avatar image img photo pic picture thumb icon badge date time bio role level rank stats count posts
    description about karma score points verified tools menu actions action links comments comment_count text
    body content title reply
    """
)
_AUTHOR_WEAK: Final = wordset(
    """
    info meta wrap wrapper box header block container area data row line details bar link vcard
    """
)
TIME: Final = wordset(
    """
    date time timestamp datetime published posted created when ago age datum zeit uhrzeit fecha hora heure
    dateline pubdate postdate dato tarih czas дата tijd timeago reltime postedat createdat timedate
    """
)
CONTENT: Final = wordset(
    """
    content contents contenttext text body message msg copy entry description inhalt texto texte testo tekst
    tresc bd main markdown commtext richtext prose excerpt usertext bodytext metin treść текст
    """
)
_CONTENT_NOT: Final = wordset(
    """
    meta header footer author avatar date time reply actions form title info links wrapper-meta count heading
    user name label button status
    """
)
NOISE: Final = wordset(
    """
    reply respond actions action buttons button share sharing like likes liked dislike vote votes voting rating
    ratings karma report flag edit avatar gravatar userpic awaiting moderation controls toolbar tools toggle
    collapse permalink nav navigation menu social badge badges says number form spam delete hide upvote downvote
    thumbs score points replyto antworten antwort responder repondre rispondi moderate feedback votelinks unvote
    togg navs
    """
)
HIDDEN: Final = wordset(
    """
    screen-reader-text sr-only visually-hidden visuallyhidden hidden-accessible assistive-text element-invisible
    screenreader sr-text offscreen u-hidden
    """
)
NESTING: Final = wordset(
    """
    children child replies reply responses response nested nest sub subcomments subcomment answers answer
    indented indent descendants subthread antworten antwort kinder
    """
)
MORE: Final = wordset(
    """
    more hidden rest remaining page older newer weitere
    """
)
PING: Final = wordset(
    """
    pingback pingbacks trackback trackbacks ping pings webmention-mention linkback
    """
)
WIDGET: Final = wordset(
    """
    widget sidebar widgets side-bar widget-area sidebar-widget teaser related
    """
)
POST_AUTHOR: Final = wordset(
    """
    bypostauthor by-post-author post-author comment-by-author by-author is-author author-comment
    comment-author-post blog-author by_post_author bypostauthor comment--author comment-by-post-author isauthor
    author-reply admin-comment comment-by-op is-op op submitter topic-owner comment--by-author
    user-comment-author postauthor
    """
)
POST_AUTHOR_LABELS: Final = phrases(
    """
    post author | author | op | autor | autorin | beitragsautor | auteur | auteur de l'article | autor del
    artículo | autor de la entrada | autore | autore articolo | article author | blog author | the author |
    original poster | topic author | creator | verfasser | auteure | autor wpisu | autor do post | автор | автор
    поста | författare | forfatter | schrijver
    """
)

ACTIONS: Final = phrases(
    """
    reply | reply to this | reply to this comment | reply to comment | reply to thread | reply » | ↓ reply | ↩
    reply | respond | answer | quote | like | liked | dislike | share | report | report abuse | report comment |
    flag | flag as inappropriate | edit | edit this | (edit) | delete | remove | permalink | link | # | link to
    this | link to comment | link to this comment | permanent link | copy link | parent | root | up | next |
    prev | previous | top | hide | show | collapse | expand | [-] | [–] | [+] | save | reblog | subscribe |
    follow | log in to reply | login to reply | sign in to reply | log in to leave a comment | loading... |
    loading… | upvote | downvote | vote | ▲ | ▼ | + | - | – | − | · | • | ▪ | ▶ | ◀ | ► | » | « | 👍 | 👎 | ♥ |
    mark as spam | spam | antworten | auf diesen kommentar antworten | antwort | zitieren | melden | kommentar
    melden | teilen | gefällt mir | bearbeiten | löschen | link zum kommentar | permalink kommentar | responder
    | citar | denunciar | compartir | me gusta | editar | enlace | répondre | citer | signaler | signaler un
    abus | partager | j'aime | lien | modifier | lien permanent | rispondi | cita | segnala | condividi | mi
    piace | modifica | beantwoorden | reageer | reageren | antwoorden | rapporteer | delen | odpowiedz | zgłoś |
    svara | svar | anmäl | svar på | ответить | пожаловаться | поделиться | cevapla | yanıtla | beğen | şikayet
    et | vastaa | válasz | odpovědět | nahlásit | 返信 | 回复 | 回覆 | 답글 | view replies | show replies | hide replies
    | view reply | more replies | show more | read more | more | less | show less | comment | award | give award
    | context | full comments | sort by | thank | thanks | embed | copy | print | email | tweet | facebook |
    twitter | pin | moderate | approve | unapprove | trash | your comment is awaiting moderation. | your comment
    is awaiting moderation | comment awaiting moderation | this comment is awaiting moderation. | dein kommentar
    wartet auf freischaltung. | ihr kommentar wartet auf freischaltung. | tu comentario está pendiente de
    moderación. | votre commentaire est en attente de modération. | says | says: | said | said: | said... |
    said… | wrote | wrote: | commented | commented: | sagt | sagt: | schreibt | schreibt: | meint | meint: |
    dice | dice: | dijo | dijo: | dijo... | a dit | a dit : | a écrit | a écrit : | ha detto | ha scritto | zegt
    | zegt: | on | at | by | am | um | le | à | el | il | the | writes | writes: | not rated | 0 | report this |
    reply to | in reply to
    """
)
SAYS: Final = re.compile(
    r"\s*(?:\b(?:says|said|say|wrote|writes|commented|comments|responds|responded|replied|adds|sagt|sagte|"
    r"schreibt|schrieb|meint|meinte|kommentiert|dice|dijo|"
    r"ha dicho|escribió|comentó|a dit|dit|a écrit|écrit|ha detto|ha scritto|scrive|zegt|schreef|disse|diz|"
    r"escreveu|pisze|napisał|napisała|skriver|säger|"
    r"siger|sier|sanoo|kirjoitti|diyor ki|dedi ki|пишет|говорит|сказал|сказала|írta|írja|píše|"
    r"spune)\b)?\s*(?:…|\.\.\.|:|：)?\s*$",
    re.IGNORECASE,
)
BY: Final = re.compile(
    r"^\s*(?:comment(?:ed)? by|posted by|submitted by|written by|reply by|kommentar von|geschrieben von|"
    r"verfasst von|eingereicht von|von|by|par|publié par|écrit par|"
    r"commentaire de|envoyé par|publicado por|comentario de|enviado por|escrito por|por|scritto da|"
    r"inviato da|commento di|da|door|geplaatst door|reactie van|av|af|"
    r"от|przez|napisany przez|dodał|@)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
BYLINE: Final = re.compile(
    r"^(?:comment(?:ed)? by|posted by|submitted by|written by|by|kommentar von|verfasst von|"
    r"geschrieben von|von|commentaire de|par|publié par|comentario de|publicado por|enviado por|"
    r"por|commento di|scritto da|inviato da|door|geplaatst door)\s*:?\s+(?P<name>.{1,60}?)\s*"
    r"(?:$|[|·•,–—-](?:\s|$)|\s(?:on|at|am|um|le|el|il|op|,|\(|\d))",
    re.IGNORECASE,
)
SAID: Final = re.compile(
    r"^(?P<name>\S.{0,58}?)\s+(?:says|said|wrote|writes|commented|replied|sagt|schreibt|schrieb|meint|"
    r"dijo|dice|a dit|a écrit|ha detto|ha scritto|zegt|schreef|skriver|"
    r"пишет|pisze|disse)\b\s*(?:on|at|am|um|le|el|il|op|:|…|\.\.\.|,|$)",
    re.IGNORECASE,
)
IN_REPLY: Final = re.compile(
    r"(?:in reply to|in response to|replying to|replied to(?: comment from)?|reply to|response to|"
    r"als antwort auf|antwort auf|antwortet auf|en réponse à|en respuesta a|"
    r"in risposta a|als reactie op|em resposta a|в ответ на|ответ на|odpowiedź na|svar till|↪|↳|→|▸|"
    r"in antwoord op)\s*:?\s*@?(?P<name>[^\n|:,]{1,60})?",
    re.IGNORECASE,
)
HEADING: Final = re.compile(
    r"^\W*(?:(?:the\s+)?\d[\d.,]*\s+)?(?:(?:user|reader|all|latest|recent|your|leave|"
    r"visitor)\s+)?(?:comments?|responses?|replies|reactions?|thoughts?|discussions?|"
    r"leserkommentare|kommentare?r?|leserbriefe|"
    r"antworten?|ergänzungen|reaktionen|meinungen|commentaires?|réactions?|réponses?|comentarios?|"
    r"respuestas?|opiniones|commenti|commento|risposte|reacties?|"
    r"komentarze|komentarzy|komentarz|kommentarer|kommentit|комментари\w+|comentários?|yorum(?:lar)?|"
    r"hozzászólások?|komentáře|评论|コメント|댓글|what (?:people|readers) (?:say|said))\b",
    re.IGNORECASE,
)
ITEM_ID: Final = re.compile(
    r"^(?:[a-z]+[-_])*?(?:comment(?:s|id)?|cmt|kommentar|komment|comentario|commentaire|commento|coment|"
    r"comm?|c|reactie|reply|response|respond|p|post|msg|message|yorum|kommentti|discussion|answer)"
    r"[-_:.]*(?P<number>\d+|[0-9a-f]{8}(?:-?[0-9a-f]{4}){0,3}-?[0-9a-f]{0,12}|[0-9a-f]{6,})$",
    re.IGNORECASE,
)
STRONG_ID: Final = re.compile(
    r"^(?:[a-z]+[-_])*?(?:comments?|commentid|cmt|kommentar|komment|comentario|commentaire|commento|"
    r"reactie|yorum)[-_:.]*(?:\d+|[0-9a-f]{6}[0-9a-f-]*)$",
    re.IGNORECASE,
)
LEVEL: Final = re.compile(
    r"^(?:[a-z]+[-_]+)*?(?:depth|level|lvl|indent|indentlevel|tier|nesting|generation|ebene|nivel|"
    r"niveau)[-_]*(\d{1,3})$",
    re.IGNORECASE,
)

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=\d)|(?<=\d)(?=[a-zA-Z])")
_CUT: Final = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=20_000)
def words(token: str) -> tuple[str, ...]:
    """The words of one class name or id, in lower case; numbers become ``#``."""
    out: list[str] = []
    for piece in _CUT.split(_CAMEL.sub("-", token)):
        word = piece.lower()
        if not word:
            continue
        if word.isdigit():
            out.append("#")
        elif word in ONE or word in MANY or word in AUTHOR:
            out.append(word)
        else:
            out.extend(_parted(word))
    return tuple(out)


def _parted(word: str) -> tuple[str, ...]:
    """``commentlist`` is ``comment`` and ``list``."""
    if word == "commentmetadata":
        return ("comment", "meta")
    for stem in _STEMS:
        if len(stem) < 4:
            continue
        if word.startswith(stem) and word[len(stem) :] in PARTS:
            return (stem, word[len(stem) :])
        if word.endswith(stem) and word[: -len(stem)] in PARTS:
            return (word[: -len(stem)], stem)
    return (word,)


@lru_cache(maxsize=20_000)
def names_item(token: str) -> bool:
    """Whether a class or id is what one comment of a thread is called."""
    found = words(token)
    stems = [word for word in found if word in ONE or word in REPLY]
    if not stems:
        return False
    return not any(word in _NOT_AN_ITEM or word in MANY for word in found if word not in stems)


@lru_cache(maxsize=20_000)
def names_thread(token: str) -> bool:
    """Whether a class or id is what a whole thread, or a list in one, is called."""
    found = frozenset(words(token))
    if found & {
        "count",
        "counts",
        "number",
        "link",
        "links",
        "open",
        "closed",
        "widget",
        "recent",
        "latest",
        "popup",
        "has",
        "no",
        "icon",
    }:
        return False
    return bool(found & MANY) or (
        bool(found & (ONE | REPLY))
        and bool(found & {"list", "listing", "area", "section", "tree", "group", "feed", "index"})
    )


@lru_cache(maxsize=20_000)
def author_rank(token: str) -> int:
    """How surely a class names a comment's author: 0 not at all, 9 most."""
    found = frozenset(words(token))
    if token.lower() in POST_AUTHOR:
        return 0
    if token.lower() in {"fn", "p-nickname", "p-name-author"}:
        return 9
    if token.lower() in {"p-author", "hcard"}:
        return 7
    if not found & AUTHOR or found & _AUTHOR_NOT - (ONE | {"comments"}):
        return 0
    if found & TIME:
        return 0
    if found & _AUTHOR_WEAK:
        return 3
    return 8 if "name" in found or found & {"username", "nickname", "displayname", "screenname", "fullname"} else 6


@lru_cache(maxsize=20_000)
def is_time_word(token: str) -> bool:
    """Whether a class names a comment's time."""
    return bool(frozenset(words(token)) & TIME)


@lru_cache(maxsize=20_000)
def is_content_word(token: str) -> bool:
    """Whether a class names a comment's text."""
    found = frozenset(words(token))
    return bool(found & CONTENT) and not found & _CONTENT_NOT


@lru_cache(maxsize=20_000)
def is_noise_word(token: str) -> bool:
    """Whether a class names something beside the text: a button, a count, a picture."""
    found = frozenset(words(token))
    return bool(found & NOISE) or token.lower() in HIDDEN
