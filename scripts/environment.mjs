// The environment that children get: built from scratch, so that no setting of a real tenant ever reaches them.

const KEPT =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|CI|TMPDIR|TMP|TEMP|XDG_CACHE_HOME|XDG_RUNTIME_DIR|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|SYSTEMROOT|DOCKER_[A-Z_]+|(https?|no|all)_proxy|(HTTPS?|NO|ALL)_PROXY|npm_config_(cache|registry|cafile|userconfig|globalconfig)|PLAYWRIGHT_[A-Z_]+)$/;

/** What only tests read: how much of a long suite is taken, its seed, and where it is counted. */
const OF_TESTS = /^(PROOF_SEED|PROOF_TIMES|PROOF_OUTCOME|SHIGANG_CI_TIMES)$/;

/** What of this process's environment says something about the machine or the tests, and nothing about a tenant, plus `own`. */
export function cleanEnv(own = {}) {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name) || OF_TESTS.test(name));
  return { ...Object.fromEntries(kept), ...own };
}
