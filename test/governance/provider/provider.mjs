// A real OpenID Connect provider, as a process of its own. Its keys come as JSON Web Key Sets, one a line, on standard input: the
// first it begins with, each later one takes the place of the one before. It tells its address, then "rotated" for each.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const RESOURCE = 'urn:example:holotype';
const server = createServer();
let handle;
server.on('request', (request, response) => handle(request, response));
server.listen(0, '127.0.0.1');

const make = (jwks) =>
  new Provider(`http://127.0.0.1:${server.address().port}`, {
    jwks,
    clients: ['trainer', 'dashboard'].map((client_id) => ({
      client_id,
      client_secret: 'a secret of the test',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: jwks.keys[0].alg,
    })),
    scopes: ['holotype:read', 'holotype:administer'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'holotype:read holotype:administer',
          audience: 'holotype',
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: jwks.keys[0].alg } },
        }),
      },
    },
  }).callback();

let isFirst = true;
for await (const line of createInterface({ input: process.stdin })) {
  handle = make(JSON.parse(line));
  console.log(isFirst ? `http://127.0.0.1:${server.address().port}` : 'rotated');
  isFirst = false;
}
server.close();
