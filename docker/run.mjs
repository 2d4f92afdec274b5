// What a container starts: the built command, without the set-up of a development clone.
const [command, ...rest] = process.argv.slice(2);
if (command === 'healthy') {
  // A worker listens nowhere: it is healthy while it runs.
  const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).catch((error) => error.cause?.code);
  process.exit(answer === 'ECONNREFUSED' || answer.ok === true ? 0 : 1);
}
const { main } = await import('./dist/apps/cli/src/main.js');
process.exitCode = await main([command, ...rest]);
