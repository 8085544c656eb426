// First file of every npm script that works on a bare clone: says so, before anything is installed, when Node is
// too old. Keep it in ES5: it has to be parsed by the Node that it refuses.
var version = process.versions.node.split('.').map(Number);
var major = version[0];
var minor = version[1];
var fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
if (fits) {
  require('./start-command.cjs')(process.argv[2]);
} else {
  console.error(
    'Shigang needs Node 20.19+, 22.13+ or 24+, this is Node ' +
      process.versions.node +
      ': install one of those first.',
  );
  process.exit(1);
}
