export { accountRoutes } from './account.routes';
export { ACCOUNT_LABELS, ENGLISH_ACCOUNT_LABELS, type AccountLabels } from './account.labels';
