export { PresenceActions, PresenceSocketActions, type SeenPeer } from './presence.actions';
export { presenceFeature, selectPresenceOf, type Presence, type PresenceState } from './presence.feature';
export { providePresence } from './provide-presence';
