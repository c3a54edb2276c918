import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { CHAT_UI_LABELS } from '../labels';
import type { MessageView } from '../models';
import type { MessageBody, MessageKind } from './message-kind';

/** Stands in for a message this page is too old to show. */
@Component({
  selector: 'cc-unknown-body',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<em>{{ labels.unknownKind }}</em>`,
})
class UnknownBody implements MessageBody {
  readonly message = input.required<MessageView>();
  readonly reachable = input(false);
  protected readonly labels = inject(CHAT_UI_LABELS);
}

export const UNKNOWN_KIND: MessageKind = {
  body: UnknownBody,
  plainText: (_, labels) => labels.unknownKind,
};
