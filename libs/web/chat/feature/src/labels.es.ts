import { counting } from '@course-chat/web/language';
import type { CommandErrorCode } from '@course-chat/web/realtime';
import type { ChatFeatureLabels } from './labels';

export { CHAT_FEATURE_LABELS } from './labels';

const { number } = counting('es');

function reason(code: CommandErrorCode): string {
  switch (code) {
    case 'DISCONNECTED':
    case 'TIMEOUT':
      return 'Ahora mismo no hay conexión. Inténtalo de nuevo cuando vuelva.';
    case 'RATE_LIMITED':
      return 'Han sido demasiadas cosas a la vez. Espera un momento e inténtalo de nuevo.';
    case 'READ_ONLY':
      return 'Este chat es de solo lectura.';
    default:
      return 'Inténtalo de nuevo dentro de un momento.';
  }
}

/** The words of the chat pages in Spanish. */
export const SPANISH_FEATURE_LABELS: ChatFeatureLabels = {
  filterAll: 'Todos',
  filterUnread: 'No leídos',
  filterUnanswered: 'Sin responder',
  deletedAccount: 'Cuenta eliminada',
  newChat: 'Nuevo chat',
  close: 'Cerrar',
  opening: 'Abriendo el chat…',
  openingDialog: 'Un momento…',
  dialogFailed: 'No se ha podido cargar. Comprueba la conexión e inténtalo de nuevo.',
  pickChat: 'Elige un chat para leerlo aquí',
  pickChatHint: 'Tus chats te acompañan en todos tus dispositivos.',
  startChat: 'Escribir a alguien',
  chatMissing: 'Este chat no está aquí',
  chatMissingHint: 'Puede que el enlace sea incorrecto o que el chat pertenezca a otra cuenta.',
  chatUnavailable: 'No se ha podido abrir este chat',
  chatUnavailableHint: 'Puede que se haya interrumpido la conexión.',
  backToChats: 'Volver a los chats',
  tryAgain: 'Intentar de nuevo',
  readOnlyForStudent:
    'Puedes leer este chat, pero ya no puedes escribir en él: el curso o su tutor ya no están disponibles para ti.',
  readOnlyForTutor:
    'Puedes leer este chat, pero ya no puedes escribir en él: el estudiante ha dejado el curso o ya no lo impartes.',
  editRefused: (code) =>
    code === 'TOO_LATE'
      ? 'Es demasiado tarde para editar este mensaje. Tu texto está abajo.'
      : `El cambio no se ha guardado; tu texto está abajo. ${reason(code)}`,
  editOfDeleted: 'Este mensaje se eliminó. Tu texto está abajo.',
  deleteRefused: (code) =>
    code === 'TOO_LATE'
      ? 'Es demasiado tarde para eliminar este mensaje.'
      : `El mensaje no se ha eliminado. ${reason(code)}`,
  notSentReason: reason,
  chatNotCreated: (code) =>
    code === 'NOT_ENROLLED'
      ? 'Para este chat hace falta el curso: es para quienes están inscritos.'
      : `No se ha podido abrir el chat. ${reason(code)}`,
  dismiss: 'Descartar',
  messageDeleted: 'Mensaje eliminado',
  tryAgainIn: (seconds) => `Puedes intentarlo de nuevo en ${number(seconds)} s.`,
  nothingUnread: 'Lo has leído todo',
  nothingUnanswered: 'Nadie espera una respuesta',
  amongNewest: (count) => `Entre tus ${number(count)} chats más recientes`,
  searchFailed: 'No se ha podido buscar en todos tus chats.',
  shortcutsTitle: 'Atajos de teclado',
  shortcuts: [
    { keys: ['Ctrl', 'K'], does: 'Buscar un chat' },
    { keys: ['Alt', '↑'], does: 'Chat anterior' },
    { keys: ['Alt', '↓'], does: 'Chat siguiente' },
    { keys: ['Intro'], does: 'Enviar el mensaje' },
    { keys: ['Mayús', 'Intro'], does: 'Empezar una línea nueva' },
    { keys: ['↑'], does: 'Editar tu último mensaje, con el campo vacío' },
    { keys: ['Esc'], does: 'Cancelar la edición' },
    { keys: ['↑', '↓'], does: 'Moverse entre los mensajes' },
    { keys: ['Inicio', 'Fin'], does: 'Primer y último mensaje' },
    { keys: ['Ctrl', '/'], does: 'Mostrar esta lista' },
  ],
};
