import NIOSSL

/// A certificate that signs itself, made for these tests and trusted by nobody.
enum TestCertificate {
    static func serverContext() throws -> NIOSSLContext {
        let certificate = try NIOSSLCertificate(bytes: Array(certificate.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
        return try NIOSSLContext(configuration: .makeServerConfiguration(certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
    }

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBgzCCASigAwIBAgITMRWV1Ob4gl0OSfdhXILZ8GNGHzAKBggqhkjOPQQDAjAW
        MRQwEgYDVQQDDAtzdXdlbi10ZXN0czAgFw0yNjExMjQwOTM0MDFaGA8yMTI2MTAz
        MTA5MzQwMVowFjEUMBIGA1UEAwwLc3V3ZW4tdGVzdHMwWTATBgcqhkjOPQIBBggq
        hkjOPQMBBwNCAAShlBPyGUH1iPIn06My7hZqf/BsRNNsKVtQvGzbcbXiUUl6LT6c
        kD8VFUc4wd+Ax8qoYX40bX4vfApMsMbUAebKo1MwUTAdBgNVHQ4EFgQUS9cuX5Ld
        GiY4DqOhNK9vaQ5kxOUwHwYDVR0jBBgwFoAUS9cuX5LdGiY4DqOhNK9vaQ5kxOUw
        DwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA7cuXxwIb2mBnLySN
        vGMrO7ys/4c1bhSaYkNKJivt9gcCIQCz5S0XziVdYsSstyTRPr1e2S/wPvR+60mN
        SXMvPUs8LA==
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+3p2Kuq8jSTGnEVZ
        +2LMDbWnair89IddNVH7FKlfVDOhRANCAAShlBPyGUH1iPIn06My7hZqf/BsRNNs
        KVtQvGzbcbXiUUl6LT6ckD8VFUc4wd+Ax8qoYX40bX4vfApMsMbUAebK
        -----END PRIVATE KEY-----
        """
}
