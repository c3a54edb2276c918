import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CurrentPrincipal, type Principal } from '@course-chat/api/kernel';
import {
  loginBodySchema,
  registerBodySchema,
  type LoginBody,
  type RegisterBody,
  type Session,
  type User,
} from '@course-chat/contracts';
import type { Request, Response } from 'express';
import { AUTH_OPTIONS, REFRESH_COOKIE, REFRESH_COOKIE_PATH, SESSION_TTL_MS, type AuthOptions } from './auth-options';
import { AuthService, type OpenedSession } from './auth.service';
import { CurrentCaller, type Caller } from './caller';
import { Public } from './jwt.guard';

@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  @Public()
  @Post('register')
  async register(
    @Body({ schema: registerBodySchema }) body: RegisterBody,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return this.answer(await this.auth.register(body, caller), response);
  }

  @Public()
  @HttpCode(200)
  @Post('login')
  async login(
    @Body({ schema: loginBodySchema }) body: LoginBody,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return this.answer(await this.auth.login(body, caller), response);
  }

  @Public()
  @HttpCode(200)
  @Post('refresh')
  async refresh(
    @Req() request: Request,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return this.answer(await this.auth.refresh(refreshTokenOf(request), caller), response);
  }

  // Open, so that a login whose access token has expired can still be ended.
  @Public()
  @HttpCode(204)
  @Post('logout')
  async logout(
    @Req() request: Request,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const accessToken = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    await this.auth.logout({ refreshToken: refreshTokenOf(request), accessToken }, caller);
    response.clearCookie(REFRESH_COOKIE, this.cookie());
  }

  @Get('me')
  me(@CurrentPrincipal() principal: Principal): Promise<User> {
    return this.auth.me(principal.userId);
  }

  private answer(opened: OpenedSession, response: Response): Session {
    response.cookie(REFRESH_COOKIE, opened.refreshToken, { ...this.cookie(), maxAge: SESSION_TTL_MS });
    response.setHeader('Cache-Control', 'no-store');
    return opened.session;
  }

  private cookie() {
    return {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.options.secureCookies,
      path: REFRESH_COOKIE_PATH,
    } as const;
  }
}

function refreshTokenOf(request: Request): string | undefined {
  const value: unknown = (request.cookies as Record<string, unknown> | undefined)?.[REFRESH_COOKIE];
  return typeof value === 'string' ? value : undefined;
}
