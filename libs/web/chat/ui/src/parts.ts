// Small parts for pages that show a face, an icon or a waiting time and no chat: they need not fetch the chat for it.
export { CHAT_UI_LABELS, ENGLISH_LABELS, type ChatUiLabels } from './labels';
export { dayLabel, presenceText, rowTime, waitingText } from './time-text';
export { Avatar } from './avatar';
export { Icon, ICON_NAMES, type IconName } from './icon';
export { folded } from './person-search';
