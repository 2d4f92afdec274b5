export { pointerOf } from '#lib/kernel';
