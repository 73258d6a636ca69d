/** What a browser sees at `/`: where things are. No data, no script. */
export function landingPage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Holotype</title>
<style>
  body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 4rem auto; padding: 0 1rem; color: #222; background: #fcfcfa; }
  code { background: #eee; padding: .1em .3em; border-radius: .2em; }
  dt { font-weight: 600; margin-top: .8rem } dd { margin: 0 }
</style>
<h1>Holotype</h1>
<p>Data governance for annotated image datasets and their bias metadata.</p>
<dl>
  <dt><code>POST /graphql</code></dt><dd>Everything but bytes. Send <code>Authorization: Bearer TOKEN</code>.</dd>
  <dt><code>GET /snapshots/sha256:…</code></dt><dd>A published snapshot's canonical header; its shards lie below it.</dd>
  <dt><code>GET /datasets/SLUG/splits/NAME</code></dt><dd>A split with all that its algorithm read, to recompute it.</dd>
  <dt><code>GET /datasets/SLUG/splits/NAME/certificate.html</code></dt><dd>All that is proved of a frozen split; also <code>.md</code> and <code>.json</code>.</dd>
  <dt><code>GET /datasets/SLUG/tags/TAG</code></dt><dd>The digest behind a tag.</dd>
  <dt><code>GET, PUT /blobs/sha256/…</code></dt><dd>Image bytes under their SHA-256.</dd>
  <dt><code>GET /health/live</code>, <code>/health/ready</code></dt><dd>Whether the server runs, and whether it can work.</dd>
</dl>
</html>
`;
}
