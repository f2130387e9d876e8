/**
 * A plug-in of the framework: refuses wrong parameters before anything is packaged, with a sentence for each. Taking a deployment away
 * (`serverless remove`) needs none of them.
 */
const { parameterProblems } = require('./parameters.ts');

module.exports = class CheckParameters {
  constructor(serverless) {
    this.hooks = {
      'before:package:initialize': () => {
        const problems = parameterProblems(serverless.service.custom.parameters);
        if (problems.length === 0) return;
        const lines = problems.map(({ parameter, ja, en }) => `${parameter}: ${ja}\n  (${en})`);
        throw new serverless.classes.Error(
          `serverless.yml のパラメータに誤りがあります。\n${lines.join('\n')}`,
          'BAD_PARAMETERS',
        );
      },
    };
  }
};
