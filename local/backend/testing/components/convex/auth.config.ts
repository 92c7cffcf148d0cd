const config = {
  providers: [
    {
      type: "customJwt",
      issuer: "https://issuer.test",
      algorithm: "ES256",
      applicationID: "fixture",
      jwks: process.env["FIXTURE_JWKS"],
    },
  ],
};

export default config;
