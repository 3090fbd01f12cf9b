/// English words, pinyin and abbreviations of column names; a word may be made of several tokens of the name.
enum LatinColumnWords {
    static let table: [String: ColumnNameReader.Reading] = {
        var table: [String: ColumnNameReader.Reading] = [:]
        for (kind, strength, words) in documents + contacts + persons + health + secrets + others {
            for word in words.split(whereSeparator: \.isWhitespace) { table[String(word)] = (kind, strength) }
        }
        return table
    }()

    private typealias Entry = (DataKind, ColumnHint.Strength, String)

    private static let documents: [Entry] = [
        (
            .idCard, .strong,
            """
            idcard idcardno idcardnum idno idnum idnumber identitycard identityno identitynumber identity certno certnum certid certificateno
            certificatenumber credno credentialno citizenid citizenno nationalid residentid sfz sfzh sfzhm sfzid sfzjh sfzjhm zjh zjhm zjbh gmsfhm
            gmsfzh shenfenzheng shenfenzhenghao shenfenzhenghaoma zhengjianhao zhengjianhaoma
            """
        ),
        (.passport, .strong, "passport passportno passportnum passportnumber hzhm huzhao huzhaohao"),
        (.hkMacauPermit, .strong, "hkmacaupermit hkmpermit hmpermit gatxz gatxzh hxz hxzh huixiangzheng mainlandtravelpermit homereturnpermit"),
        (.taiwanPermit, .strong, "taiwanpermit twpermit tbz tbzh taibaozheng mtp"),
        (.foreignerPermit, .strong, "foreignerpermit permanentresidence prcard yjz yjzh yjjlz residencepermit greencard"),
        (.militaryId, .strong, "militaryid militaryno militarycard officerid soldierid jgz jgzh jrz jrzh sbz sbzh junguanzheng"),
        (.birthCertificate, .strong, "birthcertificate birthcert birthcertno birthcertificateno cszm cszmh cszmbh csyxzm csyxzmbh"),
        (
            .socialSecurity, .strong,
            "socialsecurity socialsecurityno socialsecuritynumber ssn socialinsuranceno sbh sbkh sbkhm shbzh shbzhm shebaohao shebaokahao"
        ),
        (
            .medicalInsurance, .strong,
            """
            medicalinsurance medicalinsuranceno medicalinsurancenumber medicalinsurancecard insuranceno insurancenumber insurancecardno insuredno
            healthinsuranceno ybh ybkh ybkhm ybbh ybgrbh yibaohao yibaokahao ybkahao medicareno
            """
        ),
        (
            .medicalRecordNumber, .strong,
            """
            patientid patientno patientnumber patientcode mrn medicalrecordno medicalrecordnumber recordno brid brbh hzid hzbh blh blhm zyh mzh bah
            jzkh jkkh inpatientno outpatientno admissionno patid binglihao zhuyuanhao menzhenhao
            """
        ),
        (
            .doctorLicence, .strong,
            "doctorlicence doctorlicense licenceno licenseno practicecertno practicelicense yszyzs yszyzsbh zyzsbh zyzsh yszgz yszgzh yszgzbh zgzsbh zyzs"
        ),
        (
            .unifiedSocialCreditCode, .strong,
            "uscc creditcode socialcreditcode unifiedsocialcreditcode tyshxydm shxydm xydm taxno taxpayerid taxid nsrsbh zzjgdm orgcreditcode"
        ),
        (.licensePlate, .strong, "licenseplate licenceplate plateno platenumber carno carplate vehicleno cph cphm hphm chepaihao carnumber"),
    ]

    private static let contacts: [Entry] = [
        (
            .mobile, .strong,
            """
            mobile mobilephone phone phoneno phonenum phonenumber cellphone cell telephone telno msisdn sjh sjhm shouji shoujihao shoujihaoma lxdh lxfs
            yddh dhhm dianhua lianxidianhua lxrdh
            """
        ),
        (.mobile, .weak, "tel dh sj phones"),
        (
            .landline, .strong,
            "landline homephone officephone workphone fixedphone fixedline fax faxno telfax gddh zj zjdh jtdh dwdh bgdh zzdh guhua zuoji chuanzhen cz"
        ),
        (.email, .strong, "email mail emailaddress mailaddress emailaddr yx dzyx yjdz youxiang dianziyouxiang"),
        (
            .address, .strong,
            "address addr homeaddress residence dz jtdz jtzz xzz xzdz lxdz hkdz hjdz txdz jzdz jzd dizhi zhuzhi jiatingdizhi"
        ),
        (.address, .weak, "zz"),
        (.postcode, .strong, "postcode zipcode zip postalcode postalno yzbm youbian youzhengbianma"),
        (.postcode, .weak, "yb"),
        (
            .bankCard, .strong,
            """
            bankcard bankcardno bankcardnum bankcardnumber bankaccount bankaccountno bankno debitcard creditcard yhk yhkh yhkhm yhzh yinhangka
            yinhangkahao
            """
        ),
        (.bankCard, .weak, "cardno cardnum cardnumber accountno accountnumber acctno kh pan kahao"),
        (.wechat, .strong, "wechat wechatid wechatno weixin weixinhao wxh wxid openid wxopenid unionid wxunionid"),
        (.wechat, .weak, "wx"),
        (.qq, .strong, "qq qqno qqnum qqnumber qqh qqhm qqhao"),
        (
            .ipAddress, .strong,
            "ip ipaddress ipaddr loginip clientip remoteip remoteaddr userip lastip lastloginip registerip sourceip srcip ipdz ipv4 ipv6"
        ),
        (.macAddress, .strong, "mac macaddress macaddr macdz bssid"),
        (
            .deviceId, .strong,
            "deviceid deviceno devicecode imei imei1 imei2 imeino browserfingerprint devicefingerprint meid idfa idfv oaid androidid udid gaid deviceuuid sbbs sbsbm shebeihao"
        ),
        (
            .geoLocation, .strong,
            "longitude latitude lnglat latlng geolocation geopoint gpslocation gpsposition gps jingdu weidu jwd"
        ),
        (.geoLocation, .weak, "lng lat lon jd wd coordinate coordinates location"),
    ]

    private static let persons: [Entry] = [
        (
            .name, .strong,
            "fullname realname truename patientname custname customername membername personname legalname xm xingming hzxm brxm zsxm yhxm lxrxm"
        ),
        (.name, .weak, "name cname mingzi nm contact contacts receiver consignee doctor physician"),
        (.birthDate, .strong, "birth birthday birthdate birthtime dateofbirth dob bday csrq csny csnyr csdate chushengriqi chusheng shengri"),
        (.birthDate, .weak, "sr born"),
        (.age, .strong, "age patientage nl nianling sssl agevalue"),
        (.sex, .strong, "sex gender xb xingbie sexcode xbdm gendercode sexname xbmc"),
        (.ethnicity, .strong, "ethnicity ethnic ethnicgroup minzu mzmc mzdm nationname"),
        (.ethnicity, .weak, "mz nation nationality"),
        (.maritalStatus, .strong, "maritalstatus marital marriage marriagestatus married hyzk hyzkdm hunyin hunyinzhuangkuang hyqk"),
        (.maritalStatus, .weak, "hy hf"),
        (.occupation, .strong, "occupation profession jobtitle career zhiye zymc zydm"),
        (.occupation, .weak, "job zy zc post"),
        (.employer, .strong, "employer workunit workplace workcompany companyofemployment gzdw gzdwmc gongzuodanwei employername workorg"),
        (.employer, .weak, "company dwmc dw gs gsmc"),
    ]

    private static let health: [Entry] = [
        (
            .diagnosis, .strong,
            """
            diagnosis diagnoses diagnose diag diagname diagnosisname diagnosisdesc disease diseasename illness icdname zd zdmc zdjg zdms zdxx lczd mzzd
            cyzd ryzd zyzd xyzd cbzd zhenduan jbmc bqms bingqing
            """
        ),
        (.diagnosis, .weak, "condition dx jb bq"),
        (.icd10, .strong, "icd icd10 icd9 icdcode icd10code diagcode diagnosiscode diseasecode jbbm zdbm zddm jbdm jbbh icdbm"),
        (.symptom, .strong, "symptom symptoms symptomdesc chiefcomplaint maincomplaint complaint zhusu zs zzms zhengzhuang zhuangtaims"),
        (
            .medicalHistory, .strong,
            """
            medicalhistory pasthistory presentillness historyofpresentillness historypresentillness familyhistory personalhistory illnesshistory diseasehistory
            jws xbs jzs grs hys yjs bs bingshi jiwangshi xianbingshi jiazushi hpi pmh
            """
        ),
        (.medicalHistory, .weak, "history"),
        (.allergy, .strong, "allergy allergies allergyhistory allergyinfo allergen drugallergy gms gmy gmyw ywgms guominshi guomin"),
        (
            .surgery, .strong,
            "surgery surgeries surgeryname surgicalprocedure ssmc sscz ssczmc ssfs ssbm shoushu shoushumingcheng"
        ),
        (.surgery, .weak, "procedurename operationname operationcode ss"),
        (
            .labResult, .strong,
            """
            labresult labresults testresult examresult examinationresult inspectionresult checkresult labvalue testvalue examconclusion physicalexam reportresult examfinding
            examfindings jyjg jcjg jcsj jyz hyjg hyd jianyanjieguo jianchajieguo yxsj yxbx jcjl reportconclusion
            """
        ),
        (
            .prescription, .strong,
            "prescription prescriptions rx recipe medication medications cf cfnr cfmx cfxx cfy yz yznr yzmc yzxx yf yfyl doctoradvice medicaladvice medicalorder chufang yizhu yongyao yyqk"
        ),
        (.prescription, .weak, "usage dosage directions sig treatmentplan yy"),
        (.drug, .strong, "drug drugs drugname medicine medicinename medicament medname yp ypmc ypm tym yaopin yaopinmingcheng yaoming"),
        (.drugApprovalNumber, .strong, "approvalno approvalnumber drugapprovalno approvalcode pzwh gyzz gyzzh pizhunwenhao registrationno"),
        (
            .insurancePayment, .strong,
            """
            insurancepayment insurancepay insuranceamount reimbursement reimbursementamount medicalinsurancepay fundpay insurancetype insurancekind ybzf
            ybzfje tczf tczfje grzf zfje2 bxje yblx yblb ylfkfs ylfffs xz xianzhong selfpay selfpayamount paytype2 claimamount
            """
        ),
    ]

    private static let secrets: [Entry] = [
        (.passwordHash, .strong, "passwordhash pwdhash passwdhash hashedpassword encryptedpassword passwordencrypted pwdmd5 passwordmd5"),
        (.password, .strong, "password passwd pwd userpassword userpwd loginpassword loginpwd passcode mima mm kl koul pass paypassword paypwd"),
        (
            .token, .strong,
            """
            token accesstoken refreshtoken authtoken usertoken logintoken apitoken apikey secretkey appsecret clientsecret accesskey accesskeysecret
            privatekey sessiontoken jwt sessionkey secret lingpai
            """
        ),
        (.token, .weak, "sessionid credential"),
        (
            .biometric, .strong,
            """
            fingerprint fingerprinttemplate fingerprintdata fingertemplate facetemplate facefeature facefeatures facedata faceimage facephoto faceid iris
            iristemplate voiceprint palmprint biometric biometrics zhiwen renlian rltz zwtz rlzp featurevector faceembedding
            """
        ),
    ]

    private static let others: [Entry] = [
        (
            .none, .strong,
            """
            webaddress username loginname nickname filename tablename hostname domainname classname methodname typename deptname departmentname
            hospitalname orgname companyname productname goodsname itemname shopname storename brandname rolename menuname cityname provincename
            regionname cityid ks ksmc yymc jgmc spmc cpmc orderno ordernumber orderid ddh ddbh lsh serialno serialnumber invoiceno flowno tradeno
            transactionid transactionno trackingno trackingnumber waybillno waybill price amount total fee cost qty quantity stock weight height score
            rate ratio percent timestamp createtime createdat updatetime updatedat modifiedat visitdate visittime orderdate je jg sl dt zt lx bz
            isbn barcode ean upc sku skuno batchno lotno flightno flight version ver checksum md5 sha1 sha256 digest signature sign uuid guid etag
            positionx positiony posx posy storagelocation shelf seat spec model modelno versionno build revision commit hash contentid traceid requestid
            schoolname hotelname factoryname manufacturername suppliername vendorname street streetname road roadname doctortitle hosname warehouse kd kddh
            shopaddress storeaddress companyaddress hospitaladdress orgaddress pharmacyaddress warehouseaddress devicename modelname coursename booktitle
            """
        )
    ]
}
