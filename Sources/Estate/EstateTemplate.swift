extension Estate {
    /// What `suwen estate init` writes: every key, commented; a valid estate that contacts nothing until its scope is filled in.
    package static func template(organisation: String) -> String {
        // JSON strings are YAML strings: the name can hold any character.
        let escaped = organisation.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20: " "
            default: String(scalar)
            }
        }.joined()
        return """
            # The estate: what Suwen assesses. Check it with `suwen estate check`, assess it with `suwen assess`.
            # 资产声明：素问按本文件评估。先运行 `suwen estate check` 校验，再运行 `suwen assess` 评估。
            # yaml-language-server: $schema=estate.schema.json

            # Facts that decide which controls apply. 决定适用哪些控制项的单位情况。
            organisation:
              name: "\(escaped)"
              persons: 0                                 # your own count of natural persons 自报自然人数量（以实测较高者为准）
              sensitivePersonalInformation: true         # health data is sensitive 医疗健康信息属敏感个人信息
              minors: false                              # people under 18 是否处理未成年人信息
              importantData: false                       # 是否处理重要数据
              criticalInformationInfrastructure: false   # 是否关键信息基础设施运营者
              mlpsLevel: 0                               # 0 to 4; 0 = not graded 等级保护级别，0 为未定级
              medicalInstitution: false                  # 是否医疗机构
              internetDiagnosis: false                   # 是否开展互联网诊疗
              outsources: false                          # 是否委托处理个人信息
              crossBorder: false                         # 是否向境外提供个人信息
              # owners:                                  # who answers for remediation 各领域整改责任人
              #   management: 安全管理部
              #   protection: 运维部
              #   storage: 数据平台部
              #   response: 应急办公室
              #   rights: 客户服务部

            # What may be touched. Without it nothing is contacted. 允许接触的范围；为空时不连接任何主机。
            scope:
              networks: []                               # - 192.0.2.0/24
              names: []                                  # - "*.example.cn" (internal addresses must stand in networks too 内网地址须同时列入 networks)
              exclude: []                                # never contacted 永不接触

            # Machines whose ports are looked at. 检查端口的主机。
            hosts: []
            # - name: 数据库主机
            #   address: 192.0.2.10
            #   internetFacing: true                     # reachable from the internet 可从互联网访问
            #   ports: [3306, 6379]                      # default: the usual data, middleware and administration ports 缺省为常见端口

            # HTTP interfaces, asked once, without credentials. 不带凭证各请求一次的 HTTP 接口。
            endpoints: []
            # - name: 患者查询接口
            #   url: https://api.example.cn/patients
            #   requiresAuthentication: true
            #   accounts:                                # two test accounts; the URL is an object of the first 两个测试账号，地址为第一个账号的对象
            #     - header: Authorization
            #       valueFrom: env:TEST_ACCOUNT_A        # or file:PATH; never the value itself 不得写明文
            #     - header: Authorization
            #       valueFrom: env:TEST_ACCOUNT_B

            # Interfaces that an OpenAPI document describes; GET operations only. 由 OpenAPI 文档描述的接口，仅请求 GET 操作。
            interfaces: []
            # - name: 业务接口
            #   openapi: https://api.example.cn/v3/api-docs   # or a file 也可为文件路径
            #   base: https://api.example.cn             # where its paths begin 缺省取文档所述且在授权范围内的地址

            # Databases and files that may hold patient data; read only. 可能存有患者数据的库与文件，只读。
            stores: []
            # - name: 业务库
            #   url: postgresql://auditor@192.0.2.10:5432/clinic
            #   passwordFrom: env:CLINIC_DB_PASSWORD     # or file:PATH; never the password itself 不得写明文口令
            #   environment: production                  # production, test, analytics, research, backup
            # - name: 导出文件
            #   url: file:exports/patients.csv
            #   encoding: gb18030                        # of a file; recognised when absent 缺省自动识别

            # Access logs and their rotated sets. 访问日志及其轮转文件。
            logs: []
            # - name: 门户 nginx
            #   paths: [logs/access.log*]
            #   kind: boundary                           # boundary, host, database, application, bastion
            #   systemSince: 2026-01-01                  # only for systems younger than six months 系统上线不足六个月时填写
            #   trustedProxies: [192.0.2.1]              # whose X-Forwarded-For counts 可信代理
            #   format: combined                           # suwen logs formats lists them 日志格式，缺省自动识别
            #   fields: {user: staffNo}                  # of JSON Lines, ours: yours JSON 日志的字段对应

            # How the systems are run: what is usual in their logs. 系统的运维方式，用以判断日志中何为常态。
            # operations:
            #   bastions: [192.0.2.20]                   # where administrators come from 堡垒机地址
            #   applicationServers: [192.0.2.11]         # servers that speak to databases 应用服务器地址
            #   backupAccounts: [backup]                 # accounts whose dumps are backups 备份账号
            #   workFrom: 7                              # working hours 工作时间
            #   workUntil: 21
            #   rules: [rules/]                          # Sigma rules 规则目录

            # The folder of the regime's documents. 制度文件目录。
            # documents: documents

            # A person's word for what Suwen can't measure. 无法自动测量事项的人工声明。
            attestations: []
            # - control: PRO-14
            #   by: 安全负责人
            #   on: 2026-01-01
            #   until: 2026-12-31
            #   statement: 堡垒机与云控制台均已启用双因素认证

            # regions:
            #   hongKongMacaoTaiwan: own-class           # own-class, domestic, overseas 港澳台单列、计入境内或境外
            #   overrides:
            #     - network: 198.51.100.0/24
            #       region: CN
            #   database: GeoLite2-City.mmdb             # a database of your own 自备的地址库
            #   dataCentres: data-centres.txt            # networks of providers of servers 数据中心网段清单
            #   torExits: tor-exits.txt                  # Tor 出口清单

            # history: estate.history.sqlite             # the history of runs 历次评估记录

            """
    }
}
