import { Logger } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayDisconnect } from '@nestjs/websockets';
import type { RealtimeSocket } from '@course-chat/api/realtime';
import { PresenceService } from './presence.service';

/** Hears devices come and go; who they are was proven in the handshake. */
@WebSocketGateway()
export class PresenceGateway implements OnGatewayConnection, OnGatewayDisconnect {
  private readonly logger = new Logger(PresenceGateway.name);

  constructor(private readonly presence: PresenceService) {}

  handleConnection(socket: RealtimeSocket): void {
    this.presence.deviceConnected(socket).catch((error: unknown) => this.logger.error(error));
  }

  handleDisconnect(socket: RealtimeSocket): void {
    this.presence.deviceDisconnected(socket);
  }
}
