import { Injectable } from '@nestjs/common';

/** The time, in one place so that specs can move it. Clocks stamp things; they order nothing. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
