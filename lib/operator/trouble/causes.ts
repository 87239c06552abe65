/** What a text of the table can name. */
export interface Place {
  /** Whom the request was for: LINE, for example. */
  who: string;
  /** Such as `https://api.line.me`, and its host alone. */
  origin: string;
  host: string;
  /** On this machine itself. */
  isHere: boolean;
  /** Of the answer; 0 without one. */
  status: number;
}

interface Texts {
  /** What has happened, after the name of the one who was called. */
  says(place: Place): string;
  /** What to check or to run: one sentence. */
  advice(place: Place): string;
}

/** Where outages are told of. */
const NEWS = {
  LINE: "https://developers.line.biz/en/news/",
  "Genesys Cloud": "https://status.mypurecloud.com",
  "Genesys Cloud's login": "https://status.mypurecloud.com",
  AWS: "https://health.aws.amazon.com/health/status",
};

/**
 * Why a request to a platform, to AWS or to the gateway has failed, other than by credentials or permissions:
 * each cause has its own advice.
 */
export const CAUSES = {
  refused: {
    says: ({ origin }) => `cannot be reached: nothing listens at ${origin}`,
    advice: ({ origin, isHere }) =>
      isHere
        ? `Start the server at ${origin}, or start the bridge with the right address (npm start -- --help).`
        : `Check that no firewall keeps this machine from ${origin}.`,
  },
  unknownName: {
    says: ({ host }) => `cannot be reached: the name ${host} is not found`,
    advice: ({ host }) =>
      `Check the name's spelling, the network and this machine's DNS server: nslookup ${host}`,
  },
  noRoute: {
    says: ({ host }) => `cannot be reached: there is no way to ${host}`,
    advice: () => "Check this machine's network connection and its VPN.",
  },
  unknownIssuer: {
    says: ({ host }) =>
      `cannot be trusted: the TLS certificate of ${host} is signed by nobody that Node.js knows`,
    advice: () =>
      "Where a proxy of your company inspects TLS, let Node.js trust its root certificate (NODE_EXTRA_CA_CERTS=<file.pem> or NODE_USE_SYSTEM_CA=1); else check the address.",
  },
  outdated: {
    says: ({ host }) => `cannot be trusted: the TLS certificate of ${host} is not valid today`,
    advice: ({ host }) =>
      `Check this machine's date; if it is right, whoever runs ${host} has to renew the certificate.`,
  },
  otherHost: {
    says: ({ host }) => `cannot be trusted: the TLS certificate of ${host} is for another name`,
    advice: ({ host }) =>
      `Check the address, and whether DNS or a proxy leads ${host} to another server: nslookup ${host}`,
  },
  noTls: {
    says: ({ origin }) => `cannot be reached: no TLS connection comes about with ${origin}`,
    advice: () => "Check whether the address has to begin with http:// instead of https://.",
  },
  noHttp: {
    says: ({ origin }) => `cannot be reached: what answers at ${origin} does not speak HTTP`,
    advice: () => "Check the address: its port, and http:// or https://.",
  },
  late: {
    says: ({ origin }) => `cannot be reached: ${origin} did not answer in time`,
    advice: ({ host }) =>
      `Run it again; if it stays so, check that no firewall or VPN swallows requests to ${host}.`,
  },
  cut: {
    says: ({ origin }) =>
      `cannot be reached: ${origin} closed the connection without a whole answer`,
    advice: () =>
      "Run it again; if it stays so, check for a firewall or proxy on the way that cuts connections, and for http:// instead of https:// in the address.",
  },
  unknown: {
    says: ({ origin }) => `cannot be reached: the request to ${origin} has failed`,
    advice: () => "Check this machine's network, VPN and proxy, and run it again.",
  },
  proxyLogin: {
    says: () => "cannot be reached: a proxy on the way asks for a user and password (407)",
    advice: () => "Put them into HTTPS_PROXY (http://<user>:<password>@<host>:<port>).",
  },
  proxy: {
    says: () => "cannot be reached: the proxy makes no connection to it",
    advice: ({ host }) => `Ask who runs the proxy of HTTPS_PROXY to let ${host} pass.`,
  },
  page: {
    says: ({ origin, status }) =>
      `has not answered: at ${origin} there is a web page (${status}) instead of JSON`,
    advice: ({ origin }) =>
      `Open ${origin} in a browser on this machine to see whose page it is: a proxy's, a sign-in page's, or a wrong address.`,
  },
  noJson: {
    says: ({ origin, status }) =>
      `has not answered: what came from ${origin} (${status}) is no JSON`,
    advice: ({ who }) => `Check the address: what answers there is not ${who}.`,
  },
  undocumented: {
    says: ({ origin }) => `has not answered as documented: the JSON from ${origin} lacks fields`,
    advice: ({ who }) => `Check the address: what answers there is not ${who}.`,
  },
  redirect: {
    says: ({ origin, status }) =>
      `has not answered: ${origin} points to another address (${status})`,
    advice: ({ origin }) =>
      `Check the address, and open ${origin} in a browser on this machine: a proxy may want you to sign in.`,
  },
  unknownPath: {
    says: ({ origin, status }) => `has not answered: ${origin} does not know this API (${status})`,
    advice: ({ who }) =>
      who.startsWith("Genesys")
        ? "Check the address: genesysRegion in cdk.json, or --genesys-api and --genesys-login of npm start."
        : `Check the address: what answers there is not ${who}.`,
  },
  busy: {
    says: ({ status }) => `counts too many requests (${status})`,
    advice: () => "Wait a minute, and run it again.",
  },
  down: {
    says: ({ status }) => `is out of order: it answered ${status}`,
    advice: ({ who }) => {
      const page = Object.hasOwn(NEWS, who) ? NEWS[who as keyof typeof NEWS] : undefined;
      return `Run it again later${page === undefined ? "" : `; outages stand on ${page}`}.`;
    },
  },
} as const satisfies Record<string, Texts>;

export type Cause = keyof typeof CAUSES;
