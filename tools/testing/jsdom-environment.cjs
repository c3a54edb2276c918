const { TestEnvironment } = require('jest-environment-jsdom');

/** jsdom plus what every browser has and jsdom leaves out although Node could lend it. */
module.exports = class BrowserEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const lent = { structuredClone, fetch, Headers, Request, Response, TextEncoder, TextDecoder };
    for (const [name, value] of Object.entries(lent)) this.global[name] ??= value;
  }
};
