extension HTTPProducts {
    /// YARN's ResourceManager. What runs on the cluster needs a user where `hadoop.http.authentication` is on.
    static let yarn = HTTPProduct(
        .yarn,
        [
            .request("/ws/v1/cluster/info", .hinted { $0.led(to: "/cluster") }) { answer in
                if answer.isRefusal, answer.header("www-authenticate").hasPrefix("Negotiate") { return HTTPIdentity(refusal: answer.refused) }
                guard let information = answer.json?["clusterInfo"], information.has("state", "resourceManagerVersion") else { return nil }
                return HTTPIdentity(version: information["hadoopVersion"]?.text)
            }
        ],
        proofs: [
            HTTPProof("/ws/v1/cluster/apps?limit=1") { answer in
                guard let applications = answer.json?["apps"] else { return nil }
                if case .null = applications { return answer.counted(0, .applications) }
                if applications.fields?.isEmpty == true { return answer.counted(0, .applications) }
                return answer.counted(applications["app"]?.count { $0["id"]?.text?.hasPrefix("application_") == true }, .applications)
            }
        ])

    /// HDFS's NameNode: one bean for the version, and WebHDFS for the proof; of the listing only the number of entries is kept.
    static let hdfs = HTTPProduct(
        .hdfs,
        [
            .request(
                "/jmx?get=Hadoop:service=NameNode,name=NameNodeInfo::SoftwareVersion",
                .hinted { $0.title == "Hadoop Administration" || $0.led(to: "/dfshealth.html") }
            ) { answer in
                if answer.isRefusal, answer.header("www-authenticate").hasPrefix("Negotiate") { return HTTPIdentity(refusal: answer.refused) }
                guard let bean = answer.json?["beans"]?.list?.first, bean["name"]?.text == "Hadoop:service=NameNode,name=NameNodeInfo" else {
                    return nil
                }
                return HTTPIdentity(version: bean["SoftwareVersion"]?.text)
            }
        ],
        proofs: [
            HTTPProof("/webhdfs/v1/?op=LISTSTATUS") { answer in
                answer.counted(answer.json?["FileStatuses"]?["FileStatus"]?.count { $0.has("pathSuffix", "type") }, .files)
            }
        ])
}
