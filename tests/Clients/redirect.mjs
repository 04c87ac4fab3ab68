// Sends what is meant for TikTok to a Platform instead, below the client's own code:
//   TIKTOK_AT=http://localhost:7500 node --import ./redirect.mjs your-app.mjs
// The sockets go elsewhere; URL, Host header and body stay as the client made them.
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

const platform = new URL(process.env.TIKTOK_AT ?? 'http://localhost:7500');
const port = Number(platform.port || (platform.protocol === 'https:' ? 443 : 80));
const isTikTok = host => host === 'www.tiktok.com' || host === 'business-api.tiktok.com' || /\.tiktokapis\.com$/.test(host);

const connect = tls.connect;

tls.connect = (...args) => {
  const options = optionsOf(args);
  const host = options.servername || options.host;
  if (!isTikTok(host))
    return connect(...args);
  const secured = args.find(arg => typeof arg === 'function');
  if (platform.protocol === 'https:')
    return connect({ ...options, host: platform.hostname, port, servername: platform.hostname }, secured);

  const socket = net.connect({ host: platform.hostname, port });
  // What http clients read of a TLS socket.
  Object.assign(socket, { encrypted: true, authorized: true, alpnProtocol: false });
  if (secured)
    socket.once('secureConnect', secured);
  socket.once('connect', () => socket.emit('secureConnect'));
  return socket;
};
syncBuiltinESMExports();

// tls.connect(options), (port, options) and (port, host, options), each with or without a callback.
function optionsOf(args) {
  const options = args.find(arg => typeof arg === 'object' && arg !== null) ?? {};
  return typeof args[1] === 'string' ? { host: args[1], ...options } : options;
}
