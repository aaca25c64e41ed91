# The REST interface and the `onrecord` command. The database is a server beside it: see docker-compose.yml.
FROM python:3.11-slim AS build

WORKDIR /source
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/onrecord

# The versions that the tests ran with, in a layer of their own: it is made again only when they change.
COPY constraints.txt pyproject.toml ./
RUN /opt/onrecord/bin/python -c "import pathlib, tomllib; print(*tomllib.loads(pathlib.Path('pyproject.toml').read_text())['project']['dependencies'], sep='\n')" > requirements.txt \
    && /opt/onrecord/bin/pip install -c constraints.txt -r requirements.txt

COPY README.md LICENSE ./
COPY ingest ingest
COPY graph graph
COPY api api
COPY cypher cypher
COPY examples examples
RUN /opt/onrecord/bin/pip install -c constraints.txt --no-deps .

FROM python:3.11-slim

COPY --from=build /opt/onrecord /opt/onrecord
RUN useradd --system --uid 10001 --no-create-home --home-dir /data onrecord \
    && install --directory --owner=onrecord --group=onrecord --mode=0700 /data

ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ONRECORD_HOME=/data
USER onrecord
WORKDIR /data
VOLUME /data
EXPOSE 8000

# Whether the process answers; whether its database does is what /readyz says.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

CMD ["onrecord", "serve", "--host", "0.0.0.0", "--port", "8000"]
