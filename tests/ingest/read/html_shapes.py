# ruff: noqa: E501
"""Comment threads written in the markup of many blog systems, from one tree, so that the tree can be asked back.

Each shape is a function from comments to the markup of a thread. The markup imitates what the systems write; all
words are made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape


@dataclass
class Node:
    """A comment to be rendered; ``paragraphs`` are plain text."""

    author: str
    paragraphs: list[str]
    replies: list[Node] = field(default_factory=list)
    by_post_author: bool = False
    number: int = 0
    depth: int = 0
    parent: Node | None = None

    @property
    def when(self) -> datetime:
        return datetime(2021, 3, 4, 10, 0, tzinfo=UTC) + timedelta(hours=7 * self.number)

    @property
    def iso(self) -> str:
        return self.when.isoformat()

    @property
    def shown(self) -> str:
        hour = self.when.hour % 12 or 12
        return f"{self.when:%B} {self.when.day}, {self.when.year} at {hour}:{self.when:%M} {'am' if self.when.hour < 12 else 'pm'}"

    @property
    def body(self) -> str:
        return "".join(f"<p>{escape(one)}</p>\n" for one in self.paragraphs)

    @property
    def name(self) -> str:
        return escape(self.author)


def number(nodes: Sequence[Node]) -> list[Node]:
    """Gives each comment its number, depth and parent; returns all in the order of the page."""
    out: list[Node] = []

    def visit(children: Sequence[Node], depth: int, parent: Node | None) -> None:
        for node in children:
            node.number, node.depth, node.parent = 101 + len(out), depth, parent
            out.append(node)
            visit(node.replies, depth + 1, node)

    visit(nodes, 0, None)
    return out


def flat(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from flat(node.replies)


def page(thread: str, *, title: str = "A bridge for the harbour") -> str:
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><title>{title} | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"></head>
<body><header class="site-header"><a href="/">The Harbour Post</a><nav><ul><li><a href="/news">News</a></li></ul></nav></header>
<div id="content"><article class="post"><h1>{title}</h1>
<div class="entry-content">
<p>The council voted on Tuesday to build a bridge across the harbour, after a debate that lasted the whole afternoon.</p>
<p>Work is to begin in the spring of next year, the mayor said, and the first trams will cross two years later.</p>
<p>The opposition called the plan a gift to the building trade and asked for the figures to be published before the vote.</p>
</div></article>
{thread}
</div><footer class="site-footer"><p>Copyright The Harbour Post</p></footer></body></html>"""


def _mark(node: Node, text: str) -> str:
    return text if node.by_post_author else ""


# --- WordPress -----------------------------------------------------------------------------------------------------


def wordpress(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        children = f'<ol class="children">{"".join(map(one, node.replies))}</ol>' if node.replies else ""
        return f"""<li id="comment-{node.number}" class="comment {_mark(node, "byuser bypostauthor ")}even depth-{node.depth + 1}{" parent" if node.replies else ""}">
<article id="div-comment-{node.number}" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">
<img alt="" src="/avatar.png" class="avatar avatar-32 photo"><b class="fn"><a href="https://{node.number}.example.org" rel="external nofollow ugc" class="url">{node.name}</a></b>
<span class="says">says:</span></div><div class="comment-metadata"><a href="https://post.example/bridge/#comment-{node.number}">
<time datetime="{node.iso}">{node.shown}</time></a> <span class="edit-link"><a href="/wp-admin/edit?c={node.number}">Edit</a></span></div></footer>
<div class="comment-content">{node.body}</div>
<div class="reply"><a rel="nofollow" class="comment-reply-link" href="#comment-{node.number}" aria-label="Reply to {node.name}">Reply</a></div></article>
{children}</li>"""

    return f"""<div id="comments" class="comments-area"><h2 class="comments-title">{len(list(flat(nodes)))} thoughts on “A bridge”</h2>
<ol class="comment-list">{"".join(map(one, nodes))}</ol>
<div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3><form><p>Your email address will not be published.</p>
<label>Comment</label><textarea></textarea><label>Name</label><input name="author"></form></div></div>"""


def wordpress_old(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        children = f'<ul class="children">{"".join(map(one, node.replies))}</ul>' if node.replies else ""
        return f"""<li class="comment {_mark(node, "bypostauthor ")}odd alt" id="comment-{node.number}"><div id="div-comment-{node.number}" class="comment-body">
<div class="comment-author vcard"><cite class="fn">{node.name}</cite> <span class="says">says:</span></div>
<div class="comment-meta commentmetadata"><a href="https://post.example/bridge/#comment-{node.number}">{node.shown}</a> &nbsp;&nbsp;<a class="comment-edit-link" href="#">(Edit)</a></div>
{node.body}<div class="reply"><a class="comment-reply-link" href="/bridge/?replytocom={node.number}#respond">Reply</a></div></div>{children}</li>"""

    return f'<h3 id="comments">Responses to “A bridge”</h3><ol class="commentlist">{"".join(map(one, nodes))}</ol>'


def wordpress_divs(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        return f"""<div class="comment even thread-even depth-{node.depth + 1} {_mark(node, "bypostauthor")}" id="comment-{node.number}">
<div id="div-comment-{node.number}" class="comment-body"><div class="comment-author vcard"><cite class="fn">{node.name}</cite></div>
<div class="comment-meta"><a href="#comment-{node.number}">{node.shown}</a></div>{node.body}</div>{"".join(map(one, node.replies))}</div>"""

    return f'<section id="comments"><h3>Comments</h3>{"".join(map(one, nodes))}</section>'


def genesis(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        children = f'<ul class="children">{"".join(map(one, node.replies))}</ul>' if node.replies else ""
        return f"""<li class="comment {_mark(node, "bypostauthor ")}depth-{node.depth + 1}" id="comment-{node.number}">
<article id="article-comment-{node.number}" itemprop="comment" itemscope itemtype="https://schema.org/Comment"><header class="comment-header">
<p class="comment-author" itemprop="author" itemscope itemtype="https://schema.org/Person"><img class="avatar" alt="" src="a.png"><span itemprop="name">{node.name}</span> <span class="says">says</span></p>
<p class="comment-meta"><time class="comment-time" datetime="{node.iso}" itemprop="datePublished"><a class="comment-time-link" href="/bridge/#comment-{node.number}" itemprop="url">{node.shown}</a></time></p></header>
<div class="comment-content" itemprop="text">{node.body}</div><div class="comment-reply"><a class="comment-reply-link" href="#">Reply</a></div></article>{children}</li>"""

    return f'<div class="entry-comments" id="comments"><h3>Reader Interactions</h3><h3>Comments</h3><ol class="comment-list">{"".join(map(one, nodes))}</ol></div>'


# --- other blog systems ----------------------------------------------------------------------------------------------


def blogger(nodes: Sequence[Node]) -> str:
    def one(node: Node, deep: bool) -> str:
        replies = "".join(one(child, True) for child in node.replies)
        return f"""<li class="comment" id="c{node.number}"><div class="avatar-image-container"><img alt="" src="//www.blogger.example/blank.gif"></div>
<div class="comment-block"><div class="comment-header"><cite class="user{_mark(node, " blog-author")}"><a href="https://www.blogger.example/profile/{node.number}" rel="nofollow">{node.name}</a></cite>
<span class="icon user {_mark(node, "blog-author")}"></span><span class="datetime secondary-text"><a rel="nofollow" href="https://post.example/2021/03/bridge.html?showComment={node.number}#c{node.number}">{node.shown}</a></span></div>
<p class="comment-content">{"<br><br>".join(escape(one) for one in node.paragraphs)}</p>
<span class="comment-actions secondary-text"><a class="comment-reply" target="_self">Reply</a><span class="item-control blog-admin"><a href="#">Delete</a></span></span></div>
<div class="comment-replies"><div class="comment-thread inline-thread{"" if replies else " hidden"}"><span class="thread-toggle thread-expanded"><span class="thread-arrow"></span><span class="thread-count"><a target="_self">Replies</a></span></span>
<ol class="thread-chrome thread-expanded"><div>{replies}</div><div class="continue"><a class="comment-reply" target="_self">Reply</a></div></ol></div></div>
<div class="comment-replybox-single"></div></li>"""

    return f"""<div class="comments" id="comments"><h4>{len(list(flat(nodes)))} comments:</h4><div class="comments-content"><div id="comment-holder"><div class="comment-thread toplevel-thread"><ol id="top-ra">
{"".join(one(node, False) for node in nodes)}</ol><div id="top-continue" class="continue"><a class="comment-reply">Add comment</a></div></div></div></div></div>"""


def drupal7(nodes: Sequence[Node]) -> str:
    def some(children: Sequence[Node]) -> str:
        return "".join(
            one(node) + (f'<div class="indented">{some(node.replies)}</div>' if node.replies else "")
            for node in children
        )

    def one(node: Node) -> str:
        return f"""<a id="comment-{node.number}"></a><div class="comment {_mark(node, "comment-by-node-author by-author ")}clearfix" about="/comment/{node.number}#comment-{node.number}" typeof="sioc:Post sioct:Comment">
<h3 property="dc:title" datatype=""><a href="/comment/{node.number}#comment-{node.number}" class="permalink" rel="bookmark">On the bridge</a></h3>
<div class="submitted"><a href="/comment/{node.number}#comment-{node.number}" class="permalink" rel="bookmark">Permalink</a>Submitted by <span rel="sioc:has_creator"><span class="username" xml:lang="" typeof="sioc:UserAccount" property="foaf:name">{node.name}</span></span> on <span property="dc:date dc:created" content="{node.iso}" datatype="xsd:dateTime">{node.shown}</span></div>
<div class="content"><div class="field field-name-comment-body"><div class="field-items"><div class="field-item even" property="content:encoded">{node.body}</div></div></div></div>
<ul class="links inline"><li class="comment-reply first last"><a href="/comment/reply/1/{node.number}">reply</a></li></ul></div>"""

    return f'<div id="comments" class="comment-wrapper"><h2 class="title">Comments</h2>{some(nodes)}</div>'


def drupal9(nodes: Sequence[Node]) -> str:
    def some(children: Sequence[Node]) -> str:
        return "".join(
            one(node) + (f'<div class="indented">{some(node.replies)}</div>' if node.replies else "")
            for node in children
        )

    def one(node: Node) -> str:
        return f"""<article data-comment-user-id="{node.number}" id="comment-{node.number}" class="comment js-comment {_mark(node, "by-node-author by-author")}" role="article">
<mark class="hidden" data-comment-timestamp="{int(node.when.timestamp())}"></mark><footer class="comment__meta"><article class="profile"></article>
<p class="comment__author"><span>{node.name}</span></p><p class="comment__time">{node.shown}</p><p class="comment__permalink"><a href="/comment/{node.number}#comment-{node.number}" hreflang="en">Permalink</a></p></footer>
<div class="comment__content"><div class="clearfix text-formatted field field--name-comment-body">{node.body}</div><ul class="links inline"><li><a href="/user/login">Log in</a> to post comments</li></ul></div></article>"""

    return f'<section class="comments"><h2 class="comments__title">Comments</h2>{some(nodes)}</section>'


def typepad(nodes: Sequence[Node]) -> str:
    return f"""<a id="comments"></a><div class="comments" id="all-comments"><h3 class="comments-header">Comments</h3><div class="comments-content">
{
        "".join(
            f'''<a id="comment-6a00d8341c630a53ef{node.number}"></a><div class="comment" id="comment-6a00d8341c630a53ef{node.number}"><div class="comment-content" id="comment-6a00d8341c630a53ef{node.number}-content"><span id="comment-6a00d8341c630a53ef{node.number}-content">{node.body}</span></div>
<p class="comment-footers">Posted by: <a rel="nofollow" href="http://{node.number}.example">{node.name}</a> | <a rel="nofollow" href="https://post.example/bridge.html?cid=6a00d8341c630a53ef{node.number}#comment-6a00d8341c630a53ef{node.number}">{node.shown}</a></p></div>'''
            for node in flat(nodes)
        )
    }</div></div>"""


def movable_type(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        replied = (
            f'replied to <a href="#comment-{node.parent.number}">comment from {node.parent.name}</a>'
            if node.parent
            else ""
        )
        return f"""<div class="comment" id="comment-{node.number}"{f' style="margin-left: {25 * node.depth}px"' if node.depth else ""}><div class="inner"><div class="comment-header">
<span class="vcard author"><a rel="nofollow" href="http://x.example/{node.number}">{node.name}</a></span> {replied} |
<a href="#comment-{node.number}"><abbr class="published" title="{node.iso}">{node.shown}</abbr></a></div>
<div class="comment-content">{node.body}</div><div class="comment-footer"><a href="javascript:void(0);" onclick="return mtReply({node.number})">Reply</a></div></div></div>"""

    return f'<div id="comments" class="comments"><h2 class="comments-header">Comments</h2><div class="comments-content">{"".join(map(one, flat(nodes)))}</div></div>'


def serendipity(nodes: Sequence[Node]) -> str:
    return f"""<div class="serendipity_comments"><a id="comments"></a><div class="serendipity_commentsTitle">Comments</div>
{
        "".join(
            f'''<a id="c{node.number}"></a><div id="serendipity_comment_{node.number}" class="serendipity_comment serendipity_comment_author_x" style="padding-left: {node.depth * 20}px"><div class="serendipity_commentBody">{node.body}</div>
<div class="serendipity_comment_source"><a class="comment_source_trace" href="#c{node.number}">#{node.number}</a> <span class="comment_source_author"><b>{node.name}</b></span> on <span class="comment_source_ctime">{node.shown}</span> (<a class="comment_reply" href="#serendipity_CommentForm">Reply</a>)</div></div>'''
            for node in flat(nodes)
        )
    }</div>"""


def discourse(nodes: Sequence[Node]) -> str:
    return f"""<div id="comments">{
        "".join(
            f'''<div id="post_{place}" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="url" rel="nofollow" href="https://forum.example/u/{node.number}"><span itemprop="name">{node.name}</span></a></span>
<link itemprop="mainEntityOfPage" href="https://forum.example/t/bridge/7"><span class="crawler-post-infos"><time itemprop="datePublished" datetime="{node.iso}" class="post-time">{node.shown}</time><meta itemprop="dateModified" content="{node.iso}"><span itemprop="position">{place}</span></span></div>
<div class="post" itemprop="text">{node.body}</div><div itemprop="interactionStatistic" itemscope itemtype="http://schema.org/InteractionCounter"><meta itemprop="interactionType" content="http://schema.org/LikeAction"><meta itemprop="userInteractionCount" content="3"><span class="post-likes">3 Likes</span></div></div>'''
            for place, node in enumerate(flat(nodes), start=2)
        )
    }</div>"""


def hacker_news(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        first, *rest = [escape(text) for text in node.paragraphs]
        words = first + "".join(f"<p>{text}</p>" for text in rest)
        return f"""<tr class="athing comtr" id="{node.number}"><td><table border="0"><tr><td class="ind" indent="{node.depth}"><img src="s.gif" height="1" width="{node.depth * 40}"></td><td valign="top" class="votelinks"><center><a id="up_{node.number}" href="vote?id={node.number}&how=up"><div class="votearrow" title="upvote"></div></a></center></td>
<td class="default"><div style="margin-top:2px; margin-bottom:-10px;"><span class="comhead"><a href="user?id={node.number}" class="hnuser">{node.name}</a> <span class="age" title="{node.when:%Y-%m-%dT%H:%M:%S} {int(node.when.timestamp())}"><a href="item?id={node.number}">3 years ago</a></span> <span id="unv_{node.number}"></span>
<span class="navs"> | <a href="#{node.number + 1}" class="clicky" aria-hidden="true">next</a> <a class="togg clicky" id="{node.number}" n="1" href="javascript:void(0)">[–]</a></span></span></div><br><div class="comment"><div class="commtext c00">{words}</div><div class="reply"><p><font size="1"><u><a href="reply?id={node.number}" rel="nofollow">reply</a></u></font></p></div></div></td></tr></table></td></tr>"""

    return f'<table border="0" class="comment-tree">{"".join(map(one, flat(nodes)))}</table>'


def reddit_old(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        replies = (
            f'<div id="siteTable_t1_{node.number}" class="sitetable listing">{"".join(map(one, node.replies))}</div>'
            if node.replies
            else ""
        )
        return f"""<div class="thing id-t1_{node.number} noncollapsed comment" id="thing_t1_{node.number}" data-fullname="t1_{node.number}" data-type="comment" data-author="{node.name}"><p class="parent"><a name="{node.number}"></a></p>
<div class="midcol unvoted"><div class="arrow up login-required" role="button" tabindex="0"></div></div><div class="entry unvoted"><p class="tagline"><a href="javascript:void(0)" class="expand">[–]</a><a href="https://old.example/user/u{node.number}" class="author may-blank{_mark(node, " submitter")}">{node.name}</a><span class="userattrs"></span>
<span class="score unvoted" title="12">12 points</span> <time title="Thu Mar 4" datetime="{node.iso}" class="live-timestamp">3 years ago</time></p>
<form action="#" class="usertext warn-on-unload" id="form-t1_{node.number}"></form><div class="usertext-body may-blank-within md-container"><div class="md">{node.body}</div></div>
<ul class="flat-list buttons"><li class="first"><a href="https://old.example/r/x/comments/1/bridge/{node.number}/" class="bylink" rel="nofollow">permalink</a></li><li><a href="#" class="embed-comment">embed</a></li><li class="reply-button"><a href="javascript:void(0)">reply</a></li></ul></div>
<div class="child">{replies}</div><div class="clearleft"></div></div>"""

    return f'<div class="commentarea"><div class="panestack-title"><span class="title">all comments</span></div><div id="siteTable" class="sitetable nestedlisting">{"".join(map(one, nodes))}</div></div>'


def lobsters(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        return f"""<li class="comments_subtree"><input id="comment_folder_c{node.number:06x}" class="comment_folder_button" type="checkbox"><div id="c_c{node.number:06x}" data-shortid="c{node.number:06x}" class="comment">
<div class="voters"><a class="upvoter" href="/login">4</a></div><div class="details"><div class="byline"><a href="/~{node.number}"><img class="avatar" src="a.png"></a> <a href="/~{node.number}">{node.name}</a>
<a href="/c/c{node.number:06x}"><time title="{node.when:%Y-%m-%d %H:%M:%S} +0000" datetime="{node.when:%Y-%m-%d %H:%M:%S}">3 years ago</time></a> | <a href="/c/c{node.number:06x}">link</a></div>
<div class="comment_text">{node.body}</div></div></div><ol class="comments">{"".join(map(one, node.replies))}</ol></li>"""

    return f'<ol class="comments comments1"><li class="comments_subtree"><ol class="comments">{"".join(map(one, nodes))}</ol></li></ol>'


def staticman(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        return f"""<article id="comment{node.number}" class="js-comment comment{" comment--reply child" if node.depth else ""}" itemprop="comment" itemscope itemtype="http://schema.org/Comment"><div class="comment__avatar-wrapper"><img class="comment__avatar" src="a.png" alt="{node.name}"></div>
<div class="comment__content-wrapper"><h3 class="comment__author" itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{node.name}</span></h3><p class="comment__date"><a href="#comment{node.number}" itemprop="url"><time datetime="{node.iso}" itemprop="datePublished">{node.shown}</time></a></p>
<div itemprop="text">{node.body}</div><p><a class="btn" href="#">Reply to {node.name}</a></p></div>{"".join(map(one, node.replies))}</article>"""

    return f'<section class="page__comments"><h4 class="page__comments-title">Leave a comment</h4><section id="static-comments" class="js-comments">{"".join(map(one, nodes))}</section></section>'


def microformats(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        return f"""<div class="u-comment h-cite" id="r{node.number}"><a class="u-author h-card" href="https://{node.number}.example/"><img class="u-photo" src="a.png" alt="">{node.name}</a>
<a class="u-url" href="https://post.example/bridge#r{node.number}"><time class="dt-published" datetime="{node.iso}">{node.shown}</time></a><div class="e-content p-name">{node.body}</div>{"".join(map(one, node.replies))}</div>"""

    return f'<div class="h-feed">{"".join(map(one, nodes))}</div>'


def microdata(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        return f"""<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><meta itemprop="dateCreated" content="{node.iso}"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{node.name}</span></span>
<div itemprop="text">{node.body}</div>{"".join(map(one, node.replies))}</div>"""

    return f'<div class="x9f">{"".join(map(one, nodes))}</div>'


def data_parent(nodes: Sequence[Node]) -> str:
    return f"""<div class="discussion">{
        "".join(
            f'''<div class="discussion-item" data-id="{node.number}"{f' data-parent-id="{node.parent.number}"' if node.parent else ""}><div class="discussion-item__head"><a class="discussion-item__user" href="/users/{node.number}">{node.name}</a><time datetime="{node.iso}">{node.shown}</time></div><div class="discussion-item__text">{node.body}</div><button>Reply</button></div>'''
            for node in flat(nodes)
        )
    }</div>"""


def dotclear(nodes: Sequence[Node]) -> str:
    return f"""<div id="comments"><h3>Comments</h3><dl>{
        "".join(
            f'''<dt id="c{node.number}"><a href="#c{node.number}" class="comment-number">{place}.</a> {node.shown} by <a href="http://x.example/{node.number}" rel="nofollow">{node.name}</a></dt><dd>{node.body}</dd>'''
            for place, node in enumerate(flat(nodes), start=1)
        )
    }</dl></div>"""


def blogger_old(nodes: Sequence[Node]) -> str:
    return f"""<div class="comments" id="comments"><h4>Comments:</h4><dl class="avatar-comment-indent" id="comments-block">{
        "".join(
            f'''<dt class="comment-author {_mark(node, "blog-author")}" id="c{node.number}"><a name="c{node.number}"></a><div class="avatar-image-container"><span dir="ltr"><img src="a.png" width="35" alt=""></span></div><a href="https://www.blogger.example/profile/{node.number}" rel="nofollow">{node.name}</a> said...</dt>
<dd class="comment-body" id="Blog1_cmt-{node.number}"><p>{"<br><br>".join(map(escape, node.paragraphs))}</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="https://post.example/bridge.html?showComment={node.number}#c{node.number}" title="comment permalink">{node.shown}</a><span class="item-control blog-admin"><a href="#" title="Delete Comment"><img src="icon_delete13.gif"></a></span></span></dd>'''
            for node in flat(nodes)
        )
    }</dl></div>"""


def squarespace(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        replies = f'<div class="comment-replies">{"".join(map(one, node.replies))}</div>' if node.replies else ""
        return f"""<div class="comment-thread"><div id="comment-5f{node.number:022x}" class="comment clear{_mark(node, " author-comment")}"><div class="comment-body-wrapper"><div class="commenter-avatar-wrapper"><img src="a.png" alt=""></div>
<div class="comment-header"><span class="author">{node.name}</span> <span class="date-wrapper"><span class="date">{node.shown}</span><span class="likes">2 Likes</span></span></div><div class="comment-body">{node.body}</div><div class="comment-footer"><span class="reply-control">Reply</span><span class="like-control">Like</span></div></div></div>{replies}</div>"""

    return f'<div class="squarespace-comments"><div class="comments-header"><div class="comment-count">Comments</div></div><div class="comment-list">{"".join(map(one, nodes))}</div></div>'


def hashed(nodes: Sequence[Node]) -> str:
    """Class names that tell nothing, as style compilers make them; only the heading says what it is."""

    def one(node: Node) -> str:
        replies = f'<div class="css-7f3a">{"".join(map(one, node.replies))}</div>' if node.replies else ""
        return f"""<div class="css-1q2w"><div class="css-9k1l"><div class="css-0p3d"><a class="css-11aa" href="/profile/{node.number}">{node.name}</a> · <time class="css-77bb" datetime="{node.iso}">{node.shown}</time></div><div class="css-5t6y">{node.body}</div><div class="css-8u7i"><button>Reply</button><button>Share</button></div></div>{replies}</div>"""

    return f'<section class="css-4r5t"><h2 class="css-3e4r">{len(list(flat(nodes)))} Comments</h2><div class="css-2w3e">{"".join(map(one, nodes))}</div></section>'


def plain_lists(nodes: Sequence[Node]) -> str:
    """No class at all: nested lists under a heading."""

    def one(node: Node) -> str:
        replies = f"<ul>{''.join(map(one, node.replies))}</ul>" if node.replies else ""
        return f'<li><p><b>{node.name}</b> <a href="#n{node.number}">{node.shown}</a></p>{node.body}{replies}</li>'

    return f"<h2>Comments</h2><ul>{''.join(map(one, nodes))}</ul>"


def indented_divs(nodes: Sequence[Node]) -> str:
    return f"""<h2 id="comments">Comments</h2>{
        "".join(
            f'''<div class="ljcmt" style="margin-left:{node.depth * 25}px" id="t{node.number}"><div class="comment-head"><span class="ljuser"><a href="https://u{node.number}.example/"><b>{node.name}</b></a></span> <span class="comment-date">{node.shown}</span> (<a href="/bridge?thread={node.number}#t{node.number}">link</a>)</div><div class="comment-text">{node.body}</div><p>(<a href="?replyto={node.number}">Reply</a>)</p></div>'''
            for node in flat(nodes)
        )
    }"""


def spip(nodes: Sequence[Node]) -> str:
    def one(node: Node) -> str:
        replies = f"<ul>{''.join(map(one, node.replies))}</ul>" if node.replies else ""
        return f"""<li class="comment-li forum-fil"><div class="comment hreview" id="comment{node.number}"><div class="comment-meta"><a rel="self bookmark" href="#comment{node.number}" class="permalink">#</a> <span class="comment-meta-author reviewer">{node.name}</span> <small><abbr class="dtreviewed" title="{node.iso}">{node.shown}</abbr></small></div>
<div class="comment-content description">{node.body}</div><p class="comment-reply"><a href="?forum{node.number}">Reply to this message</a></p></div>{replies}</li>"""

    return f'<div class="comments" id="forum"><h2>Forum messages</h2><ul class="comments-ul">{"".join(map(one, nodes))}</ul></div>'


def by_line_first(nodes: Sequence[Node]) -> str:
    """By-lines as running text, no elements for author or time."""
    return f"""<div id="comments"><h3>Comments</h3>{
        "".join(
            f'''<div class="comment" id="c{node.number}"><p class="byline">By {node.name} on {node.shown}</p>{node.body}</div>'''
            for node in flat(nodes)
        )
    }</div>"""


NESTED: dict[str, Callable[[Sequence[Node]], str]] = {
    shape.__name__: shape
    for shape in (
        wordpress, wordpress_old, wordpress_divs, genesis, blogger, drupal7, drupal9, movable_type, serendipity, hacker_news,
        reddit_old, lobsters, staticman, microformats, microdata, data_parent, squarespace, hashed, plain_lists,
        indented_divs, spip,
    )
}  # fmt: skip
"""Shapes that show who answers whom."""

FLAT: dict[str, Callable[[Sequence[Node]], str]] = {
    shape.__name__: shape for shape in (typepad, discourse, dotclear, blogger_old, by_line_first)
}
"""Shapes that show all comments side by side."""
