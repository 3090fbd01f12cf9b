/// Words of illnesses, medicines and their directions, symptoms, histories, operations and findings. Own compilation, after how such words are
/// built rather than from any list of theirs.
enum MedicalWords {
    static let byTopic: [(TextTerms.Topics, String)] = [
        (.illness, illnesses), (.specialIllness, "艾滋 HIV 获得性免疫缺陷 人类免疫缺陷 梅毒 淋病 尖锐湿疣 软下疳 性病 生殖器疱疹 非淋菌性尿道炎 生殖道衣原体 腹股沟肉芽肿"),
        (.strength, "mg ml mL μg ug g IU iu 毫克 克 毫升 微克 万单位 单位 u U MG ML"), (.direction, directions),
        (.routeForm, "口服液 口服溶液 口服混悬液 口服乳 吸入剂 吸入溶液 外用溶液 滴眼液 滴鼻液"), (.approval, "国药准字 批准文号"),
        (.notMedicine, "照片 图片 名片 卡片 影片 唱片 芯片 刀片 镜片 薯片 牙膏 洗面奶 磁片 底片 切片 胸片 部平片 腹平片 线平片 贴片机 肉丸 鱼丸 拷贝片 清洁片 瓜片 茶片 面膜 眼贴 暖贴"),
        (.symptom, symptoms), (.duration, "天 日 周 月 年 个月 个星期 小时 分钟 余年 余天 余月 多年 多天 星期 周余 月余 年余 天余 日余 小时余"), (.history, histories),
        (.allergy, allergies),
        (.surgery, surgeries), (.finding, findings), (.payment, payments),
        (.narrative, "患者 无明显诱因 来我院 我院 来诊 否认 未予重视 病程中 入院 就诊 查体 自述 自诉 病史"),
        (.article, "如何 怎么 怎样 读懂 预防 误区 什么 为什么 能不能 吗 ？ ? 注意事项 小知识 科普 防治 区别 食谱 套餐 筛查 课程 讲座 秘诀 指南 手册"),
    ]

    private static let illnesses = """
        综合征 综合症 感染 结石 骨折 出血 溃疡 梗死 梗塞 衰竭 狭窄 肿瘤 囊肿 息肉 增生 肥大 硬化 障碍 功能不全 关闭不全 缺损 损伤 扭伤 挫伤 脱位
        高血压 低血压 贫血 糖尿病 冠心病 哮喘 便秘 腹泻 失眠 发热 咳嗽 头晕 眩晕 抑郁 焦虑 中风 骨质疏松 结节 反流 早搏 颤动 心动过速 心动过缓 期前收缩
        畸形 高脂血 减退 亢进 脱垂 突出 积液 积水 穿孔 梗阻 栓塞 血栓 动脉瘤 白内障 青光眼 近视 远视 散光 斜视 弱视 耳鸣 耳聋 中毒 烧伤 烫伤 血尿 蛋白尿
        早产 先兆流产 妊娠 不孕 不育 痤疮 湿疹 荨麻疹 银屑病 白癜风 脱发 扁平疣 甲沟炎 肝硬化 黄疸 水肿 麻痹 瘫痪 痉挛 癫痫 震颤 萎缩 坏死 脓肿 静脉曲张
        纤维化 钙化 肺气肿 肺不张 呼吸暂停 休克 昏迷 过敏 虚证 湿热 血瘀 气虚 阴虚 阳虚
        """
    private static let directions = """
        口服 外用 静滴 静脉滴注 静脉注射 静注 肌注 肌内注射 肌肉注射 皮下注射 含服 含化 嚼服 冲服 吞服 雾化吸入 吸入 滴眼 滴鼻 涂抹 外敷 舌下 喷鼻
        每次 每日 一日 每天 每晚 每周 次/日 次/天 睡前 晨起 饭前 饭后 餐前 餐后 空腹 顿服 遵医嘱 用法 用量 疗程 煎服 水煎 日服 每服
        qd qn bid tid qid prn q8h q12h q6h qod ivgtt iv.gtt QD BID TID QID QN PRN Sig Rp.
        """
    private static let symptoms = """
        咳嗽 咳痰 咽痛 发热 发烧 畏寒 寒战 流涕 鼻塞 喷嚏 胸闷 胸痛 气促 气短 心悸 心慌 呼吸困难 头痛 头晕 眩晕 恶心 呕吐 腹痛 腹胀 腹泻 便秘 便血 黑便 反酸 烧心 嗳气 纳差
        食欲不振 乏力 疲乏 消瘦 盗汗 多汗 失眠 多梦 腰痛 腰酸 背痛 颈痛 肩痛 腿痛 膝痛 关节痛 关节肿痛 疼痛 肿痛 麻木 抽搐 水肿 浮肿 皮疹 瘙痒 红肿 尿频 尿急 尿痛 血尿 夜尿
        多饮 多尿 口干 口渴 口苦 耳鸣 听力下降 视物模糊 视力下降 眼干 流泪 牙痛 出血 停经 月经不调 痛经 白带 阴痒 不适 隐痛 胀痛 刺痛 咯血 声嘶 吞咽困难 意识不清 肢体无力 外伤 摔伤
        异物感 包块 肿块 溃烂 脱屑 肢冷 怕冷 烦躁 情绪低落
        """
    private static let histories = """
        病史 史 否认 既往 体健 患者 现病 家族 遗传 预防接种 输血 吸烟 饮酒 嗜烟 嗜酒 戒烟 传染病 慢性病 曾患 曾行 年前 术后 长期服用 入院 就诊 确诊 诊断为 出现 加重 缓解 无明显诱因 未婚 已婚
        育有 月经初潮 疫区 外伤史 手术史 无特殊 规律服药
        """
    private static let allergies = """
        过敏 青霉素 头孢 磺胺 阿司匹林 海鲜 花粉 尘螨 牛奶 鸡蛋 花生 芒果 虾 蟹 酒精 碘 皮试 皮疹 链霉素 破伤风 造影剂 普鲁卡因 柳絮 猫毛 狗毛 坚果 乳胶 布洛芬 左氧氟沙星
        """
    private static let surgeries = """
        切除术 成形术 置换术 吻合术 修补术 固定术 引流术 造瘘术 造口术 缝合术 活检 穿刺 移植术 植入术 介入 支架 搭桥 剖宫产 剖腹产 结扎术 清创 探查术 复位 射频消融 消融术 切开 取出术 清除术 减压术
        镜检查术 电切术 根治术 摘除术 置入术 扩张术 融合术 刮宫 人工流产 手术 拔牙 种植 置管 透析 化疗 放疗 碎石 术
        """
    private static let findings = """
        阳性 阴性 升高 降低 偏高 偏低 未见 正常范围 异常 提示 考虑 可见 ↑ ↓ mmol/L umol/L μmol/L mg/dL g/L U/L IU/L mIU/L ng/mL pg/mL mg/L 10^9/L ×10 mmHg 次/分 /HP
        窦性 低密度 高密度 影像 回声 占位 血常规 尿常规 肝功能 肾功能 心电图 彩超 B超 超声 X线 CT MRI 白细胞 红细胞 血红蛋白 血小板 中性粒 转氨酶 肌酐 尿素 血糖 尿酸 胆固醇 甘油三酯
        """
    private static let payments = """
        医保 医疗保险 居民保险 职工保险 城镇职工 城镇居民 城乡居民 新农合 新型农村合作医疗 公费 自费 商业保险 商保 工伤保险 生育保险 统筹 报销 个人账户 自付 大病保险 医疗救助 惠民保 全自费 甲类 乙类 理赔 免赔
        """
}
