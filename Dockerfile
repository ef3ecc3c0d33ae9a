# The server in a small image: built with the pinned libraries, run as nobody in particular, on a root that is read only.
# Where the package index offers torch only with CUDA (several gigabytes more), name PyTorch's CPU index:
#   docker build --build-arg TORCH_INDEX=<PyTorch's CPU index> -t mithaq .
FROM python:3.11-slim AS build
ARG TORCH_INDEX=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_CONSTRAINT=/source/constraints.txt
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE app.py ./
COPY corpus corpus
COPY index index
COPY bot bot
RUN python -m venv /opt/mithaq \
 && if [ -n "$TORCH_INDEX" ]; then /opt/mithaq/bin/pip install "$(grep '^torch==' constraints.txt)" --index-url "$TORCH_INDEX"; fi \
 && /opt/mithaq/bin/pip install .

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin mithaq \
 && install -d -o mithaq -g mithaq /var/lib/mithaq
COPY --from=build /opt/mithaq /opt/mithaq
ENV PATH=/opt/mithaq/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    MPLCONFIGDIR=/tmp \
    MITHAQ_HOME=/var/lib/mithaq \
    MITHAQ_SERVER__HOST=0.0.0.0
USER mithaq
WORKDIR /var/lib/mithaq
VOLUME /var/lib/mithaq
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/readyz', timeout=4)"]
CMD ["mithaq", "serve"]
