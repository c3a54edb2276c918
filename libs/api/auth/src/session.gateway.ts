import { Injectable } from '@nestjs/common';
import type { Principal } from '@course-chat/api/kernel';
import { RealtimeHub, SocketCommand, type RealtimeSocket } from '@course-chat/api/realtime';
import type { CommandData, CommandPayload } from '@course-chat/contracts';
import { PrincipalVerifier } from './principal-verifier';

/** The commands of a socket about its own login. */
@Injectable()
export class SessionGateway {
  constructor(
    private readonly verifier: PrincipalVerifier,
    private readonly hub: RealtimeHub,
  ) {}

  @SocketCommand('renew_session')
  async renewSession(
    principal: Principal,
    { token }: CommandPayload<'renew_session'>,
    socket: RealtimeSocket,
  ): Promise<CommandData<'renew_session'>> {
    const admission = await this.verifier.renew(principal, token);
    this.hub.renew(socket, admission);
    return { expiresAt: new Date(admission.expiresAt).toISOString() };
  }
}
