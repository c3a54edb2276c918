import { counting } from '@course-chat/web/language';
import type { AccountLabels } from './account.labels';

const { plural } = counting('es');

/** The texts of the account page in Spanish. */
export const SPANISH_ACCOUNT_LABELS: AccountLabels = {
  title: 'Tu cuenta',
  profile: 'Perfil',
  name: 'Nombre',
  email: 'Correo electrónico',
  noEmail: 'Ninguno',
  since: 'Aquí desde',
  role: 'Función',
  roles: { student: 'Estudiante', tutor: 'Tutoría', admin: 'Administración' },
  password: 'Contraseña',
  passwordText: 'Una contraseña nueva cierra la sesión en todos tus otros dispositivos.',
  presentPassword: 'Contraseña actual',
  newPassword: 'Contraseña nueva',
  changePassword: 'Cambiar la contraseña',
  changingPassword: 'Cambiando…',
  passwordChanged: 'Has cambiado la contraseña. La sesión está cerrada en tus otros dispositivos.',
  wrongPassword: 'La contraseña actual no es correcta.',
  devices: 'Dispositivos',
  devicesText: 'Dónde tienes la sesión abierta. Ciérrala donde no la reconozcas y cambia tu contraseña.',
  thisDevice: 'Este dispositivo',
  unknownDevice: 'Dispositivo desconocido',
  lastUsed: (time) => `Último uso: ${time}`,
  network: (network) => `Red ${network}`,
  end: 'Cerrar sesión',
  endOf: (device, time) => `Cerrar la sesión en ${device}, último uso: ${time}`,
  ending: 'Cerrando…',
  endOthers: 'Cerrar sesión en todos los demás',
  noOthers: 'No tienes la sesión abierta en ningún otro sitio.',
  endFailed: 'No ha funcionado. Inténtalo de nuevo.',
  data: 'Tus datos',
  dataText: 'Un archivo con todo lo que se guarda sobre ti: cuenta, dispositivos, cursos, chats y lo que has escrito.',
  download: 'Descargar mis datos',
  downloading: 'Preparando el archivo…',
  downloaded: 'El archivo está listo. Lo encontrarás entre tus descargas.',
  erase: 'Eliminar la cuenta',
  eraseText: 'Se eliminan tu nombre, tu correo y lo que has escrito. Los demás conservan lo que te escribieron.',
  eraseAdmin: 'Una cuenta de administración la elimina otra persona de administración.',
  eraseTitle: '¿Eliminar tu cuenta?',
  eraseWarning: 'No se puede deshacer. Pierdes tus cursos y tus chats, y los demás verán «Deleted account».',
  eraseNow: 'Eliminar para siempre',
  erasing: 'Eliminando…',
  keep: 'Conservar mi cuenta',
  loading: 'Cargando tu cuenta…',
  loadFailed: 'No se ha podido cargar tu cuenta.',
  retry: 'Intentar de nuevo',
  failed: 'Course Chat tiene un problema en este momento. Inténtalo de nuevo dentro de un momento.',
  offline: 'No se puede acceder a Course Chat. Comprueba tu conexión e inténtalo de nuevo.',
  tooManyTries: (seconds) =>
    seconds > 0 ? `Demasiados intentos. Prueba de nuevo en ${duration(seconds)}.` : 'Ya puedes intentarlo de nuevo.',
};

function duration(seconds: number): string {
  return seconds < 60
    ? plural(seconds, { one: '# segundo', other: '# segundos' })
    : plural(Math.ceil(seconds / 60), { one: '# minuto', other: '# minutos' });
}
