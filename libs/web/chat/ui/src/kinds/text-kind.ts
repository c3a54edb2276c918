import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { linkify } from '../linkify';
import type { MessageView } from '../models';
import type { MessageBody, MessageKind } from './message-kind';

/** Text as it was written; web addresses in it are links. */
@Component({
  selector: 'cc-text-body',
  changeDetection: ChangeDetectionStrategy.OnPush,
  // Bound, not written between tags: there, every blank of the template would be one of the text.
  template: `
    @for (part of parts(); track $index) {
      @if (part.href; as href) {
        <a
          target="_blank"
          rel="noopener noreferrer nofollow"
          [href]="href"
          [tabindex]="reachable() ? 0 : -1"
          [textContent]="part.text"
        ></a>
      } @else {
        <span [textContent]="part.text"></span>
      }
    }
  `,
  styles: `
    :host {
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    a {
      color: var(--cc-link-color, var(--chat-read));
      text-underline-offset: 2px;
      unicode-bidi: isolate;
    }
    a:focus-visible {
      outline: 2px solid currentColor;
      outline-offset: 1px;
      border-radius: 3px;
    }
  `,
})
class TextBody implements MessageBody {
  readonly message = input.required<MessageView>();
  readonly reachable = input(false);
  protected readonly parts = computed(() => linkify(this.message().text));
}

/** Plain text: what every chat begins with. */
export const TEXT_KIND: MessageKind = { body: TextBody, plainText: ({ text }) => text };
