// Serves a folder as a host of static sites does, gzipped, and counts what goes over the wire.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };

/**
 * Each file is compressed once and kept, as such hosts do; call `gzipped` for those whose time is measured, so that
 * none of it is spent on compressing. `count` tells the bytes (headers too, those of excerpts' texts apart as well) and requests since it was last called.
 * The server counts, not the browser, because it also sees what workers ask for.
 */
export async function serve(root) {
  const kept = new Map();
  let bytes = 0, requests = 0, texts = 0;
  function gzipped(file) {
    if (!kept.has(file)) kept.set(file, gzipSync(readFileSync(file), { level: 6 }));
    return kept.get(file);
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    let file = resolve(root, `.${decodeURIComponent(pathname)}`);
    if (file !== root && !file.startsWith(root + sep)) file = root;
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const found = existsSync(file);
    const body = found ? gzipped(file) : Buffer.from("not found");
    const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-length": body.length, "cache-control": "max-age=600" };
    const before = request.socket.bytesWritten;
    requests++;
    response.writeHead(found ? 200 : 404, found ? { ...headers, "content-encoding": "gzip" } : headers);
    response.end(body, () => {
      const written = request.socket.bytesWritten - before;
      bytes += written;
      if (/\/search\/text-\d+\.js$/.test(pathname)) texts += written;
    });
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}/`,
    gzipped,
    count() {
      const counted = { bytes, requests, texts };
      bytes = requests = texts = 0;
      return counted;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
