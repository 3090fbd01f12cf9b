extension HTTPProducts {
    /// CouchDB. The list of databases needs an administrator since 3.0; before, anybody where no administrator was made.
    static let couchDB = HTTPProduct(
        .couchDB,
        [
            .root { answer in
                guard answer.json?["couchdb"]?.text == "Welcome" else { return nil }
                return HTTPIdentity(version: answer.json?["version"]?.text)
            }
        ], proofs: [HTTPProof("/_all_dbs") { answer in answer.counted(answer.json?.textCount, .databases) }])
}
