// Small parts for pages that show a face or an icon and no chat: they need not fetch the chat for it.
export { CHAT_UI_LABELS, ENGLISH_LABELS, type ChatUiLabels } from './labels';
export { Avatar } from './avatar';
export { Icon, ICON_NAMES, type IconName } from './icon';
export { folded } from './person-search';
