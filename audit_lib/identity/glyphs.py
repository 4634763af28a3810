"""Characters that typists and readers of handwriting take for one another (形近字), as used in names.

The table is our own: groups of characters that share most of their strokes, and full and
traditional forms still found in older registers. It is kept small on purpose: every group makes two names
more alike, and a wrong group makes two people one.
"""

from __future__ import annotations

_GROUPS = """
末未 日曰 己已巳 土士 人入 天夫无 王玉主 千干于 大太犬 刀力 田由甲申 折析 侯候 贷货 冶治 洁沽 戊戌戍
晴睛 暧暖 芬芳 英莹 花华 萍苹 蓉荣 菊掬 桂柱 枚玫 梅海 珍玲 琴瑟 瑞端 玮伟 琪棋淇 珊姗 琳林 璐路 颖颍
军车 建健 键健 伟韦 强张 刚钢 国囯 辉挥晖 亮高 杰木 俊峻骏浚 峰锋烽蜂 岭岑 涛淘 浩皓 洪供 波坡 海诲
清情晴倩 淑椒 润闰 泽择 沛柿 波菠 成戎 铭名 锦绵 银根 铜桐 铁轶 钦软 鑫金 喜善 嘉喜 吉古 寿春 昌冒 旭旮
昊吴 晓哓 景影 智知 福祸 禄绿 祥详 礼札 神伸 祝视 秀季 香杳 稳隐 立位 红江 纪记 绍招 经径 维唯 绪诸 美姜
义又 翠翆 芸云 苗茁 茂芪 荷何 莉利 菲非 蕾雷 薇微 虎虚 虹红 衍行 西酉 训川 诗持 谊宜 贞真 贵责 贤坚 赞攒
连莲 迪油 进近 远运 述术 郑关 都部 郭廓 长张 陆陌 隆降 雪雷 霞露 霖霜 青清 顺须 颜彦 飞气 马鸟 鸣呜 鹏朋
鹤鹄 延廷 廷庭 广厂 彩采 彬杉 德得 心必 志忠 忠患 思恩 恒桓 悦说 慧惠 成咸 才寸 振震 文丈 斌武 于干 传传
佳住 侠挟 保堡 信倍 倩靖 先光 全金 兴关 冰水 凤风 卫节 厚原 四西 培陪 奎圭 奇寄 好妤 妍研 娜那 娟捐 娥峨
婷停 孔扎 孝考 学字 守宁 宏宠 宗崇 宝玉 宽觅 密蜜 富宫 尚向 山仙 岩岸 川州 帅师 平乎 汉汗 源原 喆哲 堃坤
淼森 焱炎 犇奔 龑䶮 昇升 陞升 甦苏 桦华 晖辉 玥月 彝夷 珺君 郦丽 赟斌 祎伟 翀冲 昱煜 暐玮 贇赟 鋆均 彧或
國国 華华 劉刘 張张 陳陈 趙赵 楊杨 吳吴 鄭郑 孫孙 馬马 龍龙 鳳凤 蘭兰 蓮莲 雲云 風风 東东 軍军 紅红 麗丽
榮荣 慶庆 學学 寶宝 貴贵 愛爱 偉伟 傑杰 衛卫 澤泽 鐵铁 銀银 鳴鸣 鵬鹏 蕓芸 葉叶 許许 謝谢 鄧邓 蕭萧肖
海侮悔诲梅晦 波坡玻披 涛淘陶 洁沽浩诘 婷停亭 林琳彬淋材 明朋胆 华花桦毕 英莹央 生主 来未末耒 荣菜 云去 平乎苹 伟玮纬炜
秀季委香 桂柱佳挂 珍诊 芳芬方 祥详洋样 军车罕 杰木态 莲连 晖辉 健建 峰锋烽 国囯图 玉王主 武斌式 文丈交 志忘 春舂 福富幅副
永水 成戌 胜性 光先 强虽 庆床 喜嘉 香杳 凤风夙 龙尤 飞气 红江 霞露 建律 淑椒 贵责 财材 宝玉 安宴 康庚 利刊莉 顺须
达迏 通诵 发友 兴共 德得 义又叉 忠志 孝教考 善喜 良艮 才寸 有友 银根 铁轶 河何 树村 森林 木术 夏复 秋秒 冬务
艳绝 敏毓 静净 燕蒸 萍苹 菊萄 慧彗 娜哪 刚则 勇男 磊垒 鹏朋 斌赋 超起 亮高 宏安 梦楚 瑶遥 俊浚 豪毫 泽译 凯剀 浩洁 宇宁
轩轮 博搏 睿叡 思恩 琪淇 雅稚 诗侍 佳住 怡治 欣欢 雨两 梓样 涵函 祝视 杨扬 候侯 吴昊 刘浏 赵赶 徐除 胡湖 高亮 郭廓
何河 罗萝 粱梁 谢射 韩朝 唐康 董重 萧肃 程呈 袁哀 许午 沈沉 彭澎 吕品 闻间
閻闫阎 傅付 戴代 賈贾 盧卢 鐘钟 鍾钟 範范 譚谭 閆闫
""".split()

_LIKE: dict[str, frozenset[str]] = {}
for _group in _GROUPS:
    for _character in _group:
        _LIKE[_character] = _LIKE.get(_character, frozenset()) | frozenset(_group)


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are commonly taken for one another, or are forms of one character."""
    return other in _LIKE.get(one, ())
