/** Loaded before a program of Node: of all names, only that of the registry is known. */
const dns = require("node:dns");

const { lookup } = dns;
const known = [process.env.REGISTRY_HOST, "localhost", "127.0.0.1"];
dns.lookup = (host, ...rest) => {
  if (known.includes(host)) return lookup(host, ...rest);
  const error = Object.assign(new Error(`${host} is not the registry`), { code: "ENOTFOUND" });
  process.nextTick(() => rest.at(-1)(error));
};
