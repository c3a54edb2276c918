import { Injectable } from '@nestjs/common';

/** Whether this node wants new work: not before it has started, not once it is asked to stop. */
@Injectable()
export class Readiness {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  drain(): void {
    this.draining = true;
  }
}
