// node server.mjs PORT memory|FILE: oidc-provider doing what our Platform does: authorization codes with PKCE for a person
// who has agreed before, opaque tokens, rotated refresh tokens, client secret in the form. No id_token is asked for.
import http from 'node:http';
import Provider from 'oidc-provider';
import { open, SqliteAdapter } from './sqlite-adapter.mjs';

const [port, store] = process.argv.slice(2);
const client = 'bench-client';
const scope = 'user.info.basic video.list';
if (store !== 'memory') open(store);

const provider = new Provider(`http://localhost:${port}`, {
  ...(store === 'memory' ? {} : { adapter: SqliteAdapter }),
  clients: [{
    client_id: client,
    client_secret: 'bench-secret-0123456789abcdef0123456789',
    redirect_uris: ['https://app.example.test/callback/'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  scopes: scope.split(' '),
  cookies: { keys: ['bench'] },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  expiresWithSession: async () => false,
  issueRefreshToken: async () => true,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  ttl: { AccessToken: 7200, RefreshToken: 15552000, AuthorizationCode: 600, Session: 1209600, Grant: 15552000, Interaction: 3600 },
});

provider.on('grant.error', (_, error) => console.error(error.message, error.error_detail));
provider.on('server_error', (_, error) => console.error(error));

const answer = provider.callback();
http.createServer(async (request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response);
  const grant = new provider.Grant({ accountId: 'ada', clientId: client });
  grant.addOIDCScope(scope);
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { login: { accountId: 'ada' }, consent: { grantId } }, { mergeWithLastSubmission: false });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
