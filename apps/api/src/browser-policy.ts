import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { isHashedFile } from './portal';

/** What the portal's page may do: run and show what this server gave it, and talk to it. Nothing else inline, nothing evaluated. */
const portalPolicy = (inlineScripts: readonly string[]) => ({
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'", ...inlineScripts],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
  // `angular` is the framework's own, for its sanitiser; `default` lets the address of the service worker through alone.
  trustedTypes: ['angular', 'default'],
});

/** What an answer of the API may do if a browser is made to show it: nothing. */
const API_POLICY = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };

/** The page of the API reference writes its own styles and markup; it sees no login and no chat. */
const REFERENCE_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** What a page of the product never asks for. Microphone and camera wait for calls. */
const PERMISSIONS = [
  ...['accelerometer', 'autoplay', 'browsing-topics', 'camera', 'display-capture', 'encrypted-media'],
  ...['fullscreen', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'magnetometer', 'microphone', 'midi'],
  ...['payment', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb', 'xr-spatial-tracking'],
]
  .map((name) => `${name}=()`)
  .join(', ');

/** What only a document, or a worker, is asked about. */
const NOTHING_OF_A_PAGE = {
  contentSecurityPolicy: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const;

/**
 * The headers that tell browsers how little this site needs: for the portal, for its files, for the API and for its reference.
 * `inlineScripts` are the hashes of what the portal's page may run besides its files.
 */
export function browserPolicy(isSecure: boolean, inlineScripts: readonly string[]): RequestHandler {
  const policyOf = (directives: Record<string, string[]>) =>
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { ...directives, ...(isSecure && { upgradeInsecureRequests: [] }) },
      },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: isSecure,
      xFrameOptions: { action: 'deny' },
    });
  const portal = policyOf(portalPolicy(inlineScripts));
  // A script or style sheet obeys the page that asked for it; a policy of its own would be two fifths of the smaller ones.
  const file = helmet({
    ...NOTHING_OF_A_PAGE,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isSecure,
  });
  const api = policyOf(API_POLICY);
  const reference = policyOf(REFERENCE_POLICY);
  return (request, response, next) => {
    if (isHashedFile(request.path.slice(1))) return file(request, response, next);
    response.setHeader('Permissions-Policy', PERMISSIONS);
    if (!/^\/api(\/|$)/i.test(request.path)) return portal(request, response, next);
    // Answers are about one person and one moment.
    response.setHeader('Cache-Control', 'no-store');
    return (/^\/api\/docs(\/|$)/i.test(request.path) ? reference : api)(request, response, next);
  };
}
