import Findings

extension HTTPProducts {
    /// DICOMweb (DICOM PS3.18, QIDO-RS): one study is searched for. Only the shape of the reply is looked at; the reply is dropped at once.
    static let dicomWeb = HTTPProduct(
        .dicomWeb,
        [
            .request(dicomJSON("/dicom-web/studies?limit=1"), .always) { answer in
                if answer.isOK, studies(answer) != nil { return HTTPIdentity() }
                return nil
            }
        ], proofs: [query("/dicom-web/studies?limit=1")])

    /// dcm4chee's archive: the list of its application entities, then one search in the usual one.
    static let dcm4chee = HTTPProduct(
        .dcm4chee,
        [
            .request("/dcm4chee-arc/aets", .hinted { $0.title == "Welcome to WildFly" || $0.led(to: "/dcm4chee-arc/") }) { answer in
                guard answer.isOK, let entities = answer.json?.count(where: { $0["dicomAETitle"]?.text != nil }), entities > 0 else { return nil }
                return HTTPIdentity()
            },
            .request("/dcm4chee-arc/ui2/", .expected) { answer in answer.title?.lowercased().hasPrefix("dcm4che") == true ? HTTPIdentity() : nil },
        ],
        proofs: [
            query("/dcm4chee-arc/aets/DCM4CHEE/rs/studies?limit=1"),
            HTTPProof("/dcm4chee-arc/aets") { answer in
                (answer.json?.count { $0["dicomAETitle"]?.text != nil } ?? 0) > 0 ? answer.answered : nil
            },
        ])

    private static func dicomJSON(_ path: String) -> HTTPRequest { HTTPRequest(path, accept: "application/dicom+json") }

    private static func query(_ path: String) -> HTTPProof {
        HTTPProof(dicomJSON(path)) { answer in studies(answer) == nil ? nil : Message("exposure.dicomweb-studies") }
    }

    /// An array of data sets, each with a Study Instance UID (0020,000D); an empty one only with DICOM's own media type.
    private static func studies(_ answer: HTTPAnswer) -> Int? {
        let studies = answer.json?.count { $0["0020000D"]?["vr"]?.text == "UI" }
        return studies == 0 && !answer.isType("application/dicom+json") ? nil : studies
    }
}
