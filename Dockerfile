# A static binary in an empty image, as a user without rights, on a root that can be
# read-only. What is kept lies in /data.
#
#   docker build --build-arg VERSION=$(git describe --tags --always) -t verbatim .
#   docker run --read-only -v verbatim:/data -e DISCORD_TOKEN verbatim
#
# .ci/image tries these steps where no container engine runs.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X verbatim/bot/cli.stamped=${VERSION:-}" -o /out/verbatim .
RUN mkdir -p /out/data /out/etc/ssl/certs && chmod 700 /out/data && cp /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/

FROM scratch
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build /out/etc /etc
COPY --from=build /out/verbatim /verbatim
ENV VERBATIM_DATA=/data VERBATIM_CACHE=/data/cache TMPDIR=/data HOME=/data
USER 65532:65532
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/verbatim", "health"]
ENTRYPOINT ["/verbatim"]
CMD ["run"]
