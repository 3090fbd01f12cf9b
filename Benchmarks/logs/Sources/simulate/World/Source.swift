/// The logs of a world, each in a file of its own.
enum Source: Int, CaseIterable {
    /// nginx, straight on the internet.
    case portal
    /// nginx behind a load balancer: the client stands in X-Forwarded-For.
    case api
    /// The staff's application: JSON Lines with account, rows and bytes.
    case application
    case postgresql
    case mariadbGeneral
    case mariadbSlow
    /// The audit of a Redis gateway: JSON Lines.
    case cache
    /// sshd, sudo and cron of the application's host.
    case hostAuthentication
    /// The same of the database's host, without years.
    case databaseHost
    case audit
    case bastion
}
