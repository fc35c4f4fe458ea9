"""Words by which two people compare a key over the telephone.

A key gives six words in Chinese, and the same six in English: 48 bits. The words come from a list of our own, of things
that everybody knows and that do not sound alike. Before the words are taken, the key is hashed many times, which adds
some thirteen bits to the work of whoever tries key after key until one has the words of another.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from wufei_cells.domain.text import Text

WORDS = 6
_ROUNDS = 10_000
_PURPOSE = b"wufei-cells fingerprint 1"


@lru_cache(maxsize=1024)  # a board shows the words of every device each time it is drawn
def fingerprint(public: bytes) -> Text:
    """Give the words of a key, from its public half; the same on every machine."""
    digest = hashlib.pbkdf2_hmac("sha256", public, _PURPOSE, _ROUNDS, WORDS)
    return Text(" ".join(_CHINESE[byte] for byte in digest), " ".join(_ENGLISH[byte] for byte in digest))


def same(public: bytes, typed: str) -> bool:
    """Tell whether the words that somebody read out are those of a key: in either language, all six, in order."""
    words = fingerprint(public)
    said = "".join(character for character in typed.lower() if character.isalnum())
    return said in ("".join(words.zh.split()), "".join(words.en.split()))


_CHINESE_LIST = """
苹果 香蕉 葡萄 西瓜 草莓 桃子 樱桃 柠檬 芒果 菠萝 石榴 核桃 花生 玉米 小麦 土豆 番茄 黄瓜 萝卜 白菜 洋葱
大蒜 生姜 辣椒 蘑菇 豆腐 面包 蛋糕 饺子 馒头 米饭 牛奶 茶叶 咖啡 蜂蜜 白糖 食盐 酱油 鸡蛋 月饼 老虎 狮子
大象 熊猫 猴子 兔子 狐狸 骆驼 绵羊 山羊 水牛 驴子 花猫 黄狗 松鼠 刺猬 蝙蝠 老鼠 公鸡 鸭子 白鹅 孔雀 老鹰
麻雀 燕子 喜鹊 鹦鹉 企鹅 鸽子 鲸鱼 海豚 鲨鱼 螃蟹 龙虾 章鱼 乌龟 青蛙 鳄鱼 蝴蝶 蜜蜂 蚂蚁 蜻蜓 蜘蛛 蜗牛
蚕丝 羽毛 贝壳 珍珠 太阳 月亮 星星 云朵 彩虹 闪电 雷声 雨水 雪花 冰块 微风 浓雾 高山 河流 湖泊 海洋 沙漠
森林 草原 岛屿 瀑布 泉水 岩石 泥土 火焰 烟雾 黄金 白银 铜钱 钢铁 玻璃 木头 竹子 柳树 荷花 玫瑰 菊花 梅花
牡丹 树根 种子 果园 稻田 温室 水井 磨坊 谷仓 篱笆 房子 窗户 大门 屋顶 楼梯 书桌 椅子 书架 柜子 镜子 台灯
蜡烛 火柴 时钟 日历 电话 相机 键盘 屏幕 铅笔 毛笔 墨水 橡皮 直尺 剪刀 胶水 信封 邮票 地图 报纸 字典 照片
图画 象棋 风筝 气球 皮球 积木 木偶 钢琴 吉他 笛子 喇叭 铃铛 歌曲 舞蹈 电影 帽子 围巾 手套 袜子 鞋子 衬衫
裙子 大衣 纽扣 雨伞 眼镜 戒指 项链 钱包 背包 箱子 钥匙 锤子 钉子 锯子 斧头 铁锹 梯子 绳子 水桶 扫帚 毛巾
肥皂 牙刷 枕头 毛毯 床单 地毯 窗帘 筷子 勺子 盘子 杯子 茶壶 炒锅 烤箱 冰箱 火车 汽车 飞机 轮船 帆船 卡车
桥梁 隧道 铁路 码头 灯塔 机场 车站 学校 医院 工厂 银行 市场 公园 农民 医生 老师 司机 厨师 士兵 渔夫 国王
王后 机器 火箭 卫星
"""

_ENGLISH_LIST = """
apple banana grape watermelon strawberry peach cherry lemon mango pineapple pomegranate walnut peanut corn
wheat potato tomato cucumber radish cabbage onion garlic ginger pepper mushroom tofu bread cake dumpling bun
rice milk tea coffee honey sugar salt soy egg mooncake tiger lion elephant panda monkey rabbit fox camel
sheep goat buffalo donkey cat dog squirrel hedgehog bat mouse rooster duck goose peacock eagle sparrow
swallow magpie parrot penguin pigeon whale dolphin shark crab lobster octopus turtle frog crocodile
butterfly bee ant dragonfly spider snail silk feather shell pearl sun moon star cloud rainbow lightning
thunder rain snow ice breeze fog mountain river lake ocean desert forest meadow island waterfall spring rock
soil flame smoke gold silver coin steel glass wood bamboo willow lotus rose daisy plum peony root seed
orchard paddy greenhouse well mill barn fence house window gate roof stairs desk chair shelf cabinet mirror
lamp candle match clock calendar telephone camera keyboard screen pencil brush ink eraser ruler scissors
glue envelope stamp map newspaper dictionary photo picture chess kite balloon ball block puppet piano guitar
flute trumpet bell song dance movie hat scarf glove sock shoe shirt skirt coat button umbrella spectacles
ring necklace wallet backpack suitcase key hammer nail saw axe shovel ladder rope bucket broom towel soap
toothbrush pillow blanket sheet carpet curtain chopsticks spoon plate cup teapot wok oven refrigerator train
car airplane ship sailboat truck bridge tunnel railway harbor lighthouse airport station school hospital
factory bank market park farmer doctor teacher driver cook soldier fisherman king queen machine rocket
satellite
"""

_CHINESE, _ENGLISH = tuple(_CHINESE_LIST.split()), tuple(_ENGLISH_LIST.split())
