module.exports = { ...require('../../../../jest.preset.js').browser(__dirname, 'web-chat-embed') };
