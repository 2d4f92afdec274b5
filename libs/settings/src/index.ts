/** The environment, checked once and frozen; every wrong setting is named at once. */
export { projectFolder } from './project-folder.js';
export { readSettings, type Settings } from './settings.js';
export { SettingsAreWrong, type WrongSetting } from './wrong-settings.js';
export { failpoint } from './failpoint.js';
export { readSmtpUrl, type SmtpAddress } from './smtp-url.js';
