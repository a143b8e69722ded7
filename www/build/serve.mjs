// A small static server on the loopback address, for `make start` and for the tests.
//   node serve.mjs [--port 4173] [--watch]
import { readFile, watch } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/**
 * Serves folders: { "/": "some/folder" }, the longest prefix wins. `?csp=…` sends that content security policy along,
 * so that a test can be any kind of host. Resolves to { url, close }; port 0 takes a free one.
 */
export function serve(folders, port = 0) {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const server = createServer(async (request, response) => {
    try {
      const url = new URL(request.url, "http://localhost");
      const path = decodeURIComponent(url.pathname);
      const prefix = prefixes.find((candidate) => path.startsWith(candidate));
      const file = normalize(`${folders[prefix]}/${path.slice(prefix.length) || "landfall.html"}`);
      if (!file.startsWith(normalize(folders[prefix]) + sep)) throw new Error("outside of what is served");
      const body = await readFile(file);
      const headers = { "content-type": types[extname(file)] ?? "application/octet-stream", "cache-control": "no-store" };
      const policy = url.searchParams.get("csp");
      if (policy) headers["content-security-policy"] = policy;
      response.writeHead(200, headers).end(body);
    } catch {
      // Browsers ask for it unasked: it is no page that is missing.
      if (request.url === "/favicon.ico") response.writeHead(204).end();
      else response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    }
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
      });
    });
  });
}

async function onNextFreePort(folders, first) {
  for (let port = first; port < first + 50; port++) {
    try {
      return await serve(folders, port);
    } catch (error) {
      if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    }
  }
  throw new Error(`no free port from ${first} to ${first + 49}; name another: make start PORT=8080`);
}

async function rebuildOnChange(folder) {
  const { bundle } = await import("./bundle.mjs");
  let timer;
  for await (const _ of watch(folder, { recursive: true })) {
    clearTimeout(timer);
    timer = setTimeout(() => bundle().then(() => console.log("built anew; reload the page"), (error) => console.error(error.message)), 100);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const www = fileURLToPath(new URL("..", import.meta.url));
  const { values } = parseArgs({ options: { port: { type: "string", default: "4173" }, watch: { type: "boolean" } } });
  try {
    const { url } = await onNextFreePort({ "/": `${www}dist` }, Number(values.port));
    console.log(`Landfall is on ${url}/  (Ctrl+C ends it)`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  if (values.watch) rebuildOnChange(`${www}src`).catch((error) => console.error(`changes are not watched: ${error.message}`));
}
