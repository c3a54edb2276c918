import { Injectable } from '@nestjs/common';
import type { AccountExport } from '@course-chat/contracts';

/** The parts of an export that other modules know. */
type Section = 'enrollments' | 'chats' | 'messages' | 'presence';
/** Gives what is kept of a person, a row at a time. */
export type Rows<S extends Section> = (userId: string) => AsyncIterable<AccountExport[S][number]>;

/** A part of the product that keeps something about people. */
export interface PersonalDataHolder {
  readonly sections: { readonly [S in Section]?: Rows<S> };
  /**
   * Takes away what is kept of somebody whose account is gone. May be called again, after a crash or at the same time
   * on another node, and then does what is left.
   * @param signal the server stops: give up, the next start goes on
   */
  erase(userId: string, signal: AbortSignal): Promise<void>;
}

/** Who keeps something about people: accounts know nobody that builds on them, so those register here. */
@Injectable()
export class PersonalData {
  private readonly registered: PersonalDataHolder[] = [];

  register(holder: PersonalDataHolder): void {
    this.registered.push(holder);
  }

  get holders(): readonly PersonalDataHolder[] {
    return this.registered;
  }

  /** The rows of one section, of whoever has it. */
  async *rows(section: Section, userId: string): AsyncIterable<unknown> {
    for (const { sections } of this.registered) {
      const rows = sections[section];
      if (rows) yield* rows(userId);
    }
  }
}
