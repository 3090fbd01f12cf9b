import Probes

extension WebCase {
    static let healthCare = orthanc + dicomWeb + dcm4chee + fhir + mirth

    private static let system =
        #"{"ApiVersion":18,"DatabaseVersion":6,"DicomAet":"ORTHANC","DicomPort":4242,"HttpPort":8042,"Name":"t","Version":"1.12.1"}"#
    private static let explorer = WebSite.moved("app/explorer.html")

    static let orthanc = [
        WebCase(
            "open", .orthanc,
            [
                "/": explorer, "/app/explorer.html": WebSite.html("Orthanc Explorer"), "/system": WebSite.json(system),
                "/statistics": WebSite.json(#"{"CountInstances":9,"CountPatients":2,"CountSeries":5,"CountStudies":3}"#),
            ], .notRequired, "exposure.orthanc-statistics", version: "1.12.1"),
        WebCase("open, without figures", .orthanc, ["/": explorer, "/system": WebSite.json(system)], .notRequired, "exposure.web-answered"),
        WebCase("password", .orthanc, [:], missing: WebSite.refused("Orthanc Secure Area"), .required, "exposure.refused"),
        WebCase("the page alone", .orthanc, ["/": explorer, "/system": WebSite.refused("proxy")], .required, "exposure.refused"),
        WebCase("something else under its path", .orthanc, ["/": explorer, "/system": WebSite.json("{}")], .unknown, "exposure.session-broken"),
    ]

    private static let study = #"[{"00080020":{"vr":"DA"},"0020000D":{"vr":"UI","Value":["1.2.3"]}}]"#

    static let dicomWeb = [
        WebCase("open", .dicomWeb, ["/dicom-web/studies?limit=1": WebSite.json(study)], .notRequired, "exposure.dicomweb-studies"),
        WebCase(
            "open and empty", .dicomWeb, ["/dicom-web/studies?limit=1": WebSite.page("200 OK", "[]", type: "application/dicom+json")], .notRequired,
            "exposure.dicomweb-studies"),
    ]

    static let dcm4chee = [
        WebCase(
            "open", .dcm4chee,
            [
                "/": WebSite.html("Welcome to WildFly"), "/dcm4chee-arc/aets": WebSite.json(#"[{"dicomAETitle":"DCM4CHEE","dicomDescription":"d"}]"#),
                "/dcm4chee-arc/aets/DCM4CHEE/rs/studies?limit=1": WebSite.json(study),
            ], .notRequired, "exposure.dicomweb-studies"),
        WebCase(
            "token", .dcm4chee,
            [
                "/dcm4chee-arc/aets": WebSite.refused(), "/dcm4chee-arc/ui2/": WebSite.html("dcm4chee Archive"),
                "/dcm4chee-arc/aets/DCM4CHEE/rs/studies?limit=1": WebSite.refused(),
            ], .required, "exposure.refused"),
        WebCase(
            "open under another name", .dcm4chee, ["/dcm4chee-arc/aets": WebSite.json(#"[{"dicomAETitle":"PACS"}]"#)], .notRequired,
            "exposure.web-answered"),
    ]

    private static let capability =
        #"{"resourceType":"CapabilityStatement","status":"active","software":{"name":"HAPI FHIR Server","version":"6.8.3"},"fhirVersion":"4.0.1"}"#
    private static func outcome(_ code: String) -> String {
        #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"\#(code)"}]}"#
    }

    static let fhir = [
        WebCase(
            "open", .fhir,
            [
                "/fhir/metadata": WebSite.json(capability),
                "/fhir/Patient?_summary=count": WebSite.json(#"{"resourceType":"Bundle","type":"searchset","total":1207}"#),
            ], .notRequired, "exposure.fhir-patients", version: "6.8.3"),
        WebCase(
            "token", .fhir, ["/metadata": WebSite.json(capability), "/Patient?_summary=count": WebSite.refused()], .required, "exposure.refused"),
        WebCase(
            "refusal as an outcome", .fhir,
            ["/fhir/metadata": WebSite.json(capability), "/fhir/Patient?_summary=count": WebSite.json(outcome("forbidden"), "400 Bad Request")],
            .required, "exposure.refused"),
        WebCase(
            "an outcome that refuses nothing", .fhir,
            ["/fhir/metadata": WebSite.json(capability), "/fhir/Patient?_summary=count": WebSite.json(outcome("not-supported"), "400 Bad Request")],
            .unknown, "exposure.busy"),
        WebCase(
            "a bundle without a total", .fhir,
            [
                "/fhir/metadata": WebSite.json(capability),
                "/fhir/Patient?_summary=count": WebSite.json(#"{"resourceType":"Bundle","type":"searchset"}"#),
            ], .unknown, "exposure.session-broken"),
    ]

    static let mirth = [
        WebCase(
            "password", .mirth,
            [
                "/": WebSite.html("Mirth Connect Administrator"), "/api/users/current": WebSite.refused(),
                "/api/server/version": WebSite.page("200 OK", "4.4.1", type: "text/plain"),
            ], .required, "exposure.refused", version: "4.4.1"),
        WebCase(
            "a user without a login", .mirth,
            [
                "/": WebSite.html("Mirth Connect Administrator"), "/api/users/current": WebSite.json(#"{"user":{"id":1,"username":"admin"}}"#),
            ], .notRequired, "exposure.web-answered"),
    ]
}
