export { PresenceAudience } from './presence-audience';
export { PresenceModule } from './presence.module';
export { PresenceService, type PresenceStatus } from './presence.service';
