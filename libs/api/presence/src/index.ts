export { PresenceAudience } from './presence-audience';
export { PresenceModule } from './presence.module';
export { PresenceService } from './presence.service';
