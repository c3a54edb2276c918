import { counting } from '@course-chat/web/language';
import type { AuthLabels } from './auth.labels';
import { duration } from './duration.es';

export { AUTH_LABELS } from './auth.labels';
export { ACCOUNT_LABELS } from './account/account.labels';
export { SPANISH_ACCOUNT_LABELS } from './account/account.labels.es';

const { number } = counting('es');

/** The texts of login and registration in Spanish. */
export const SPANISH_AUTH_LABELS: AuthLabels = {
  language: 'Idioma',
  logInTitle: 'Inicia sesión en Course Chat',
  registerTitle: 'Crea tu cuenta',
  ended: {
    expired: 'Tu sesión se ha cerrado aquí. Inicia sesión de nuevo: los mensajes sin enviar se conservan.',
    elsewhere: 'Has cerrado la sesión en otra pestaña.',
  },
  name: 'Nombre',
  email: 'Correo electrónico',
  password: 'Contraseña',
  showPassword: 'Mostrar lo que escribo',
  hidePassword: 'Ocultar lo que escribo',
  logIn: 'Iniciar sesión',
  loggingIn: 'Iniciando sesión…',
  register: 'Crear cuenta',
  registering: 'Creando la cuenta…',
  noAccountYet: '¿Es tu primera vez?',
  haveAccount: '¿Ya tienes una cuenta?',
  passwordHint: (least) => `Al menos ${number(least)} caracteres`,
  nameInvalid: (most) => `Escribe tu nombre: como máximo ${number(most)} caracteres, ninguno invisible.`,
  emailInvalid: 'Escribe una dirección de correo, por ejemplo ana@example.com.',
  passwordMissing: 'Escribe tu contraseña.',
  passwordInvalid: (least, most) => `Elige una contraseña de ${number(least)} a ${number(most)} caracteres.`,
  wrongCredentials: 'El correo o la contraseña no son correctos.',
  emailTaken: 'Ya hay una cuenta con este correo. Inicia sesión con ella.',
  refused: 'El servidor no lo ha aceptado. Revisa lo que has escrito e inténtalo de nuevo.',
  offline: 'No se puede acceder a Course Chat. Comprueba tu conexión e inténtalo de nuevo.',
  unavailable: 'Course Chat tiene un problema en este momento. Inténtalo de nuevo dentro de un momento.',
  tooManyTries: (seconds) =>
    seconds > 0 ? `Demasiados intentos. Prueba de nuevo en ${duration(seconds)}.` : 'Ya puedes intentarlo de nuevo.',
  demoTitle: 'Prueba la demo',
  demoHint: 'Elige a alguien para rellenar su correo y su contraseña.',
  demoRoles: { student: 'Estudiantes', tutor: 'Tutores', admin: 'Administración' },
  demoMore: (count) => `${number(count)} más`,
};
