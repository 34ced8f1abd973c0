"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.offline.views import goods as money_goods
from donations.offline.views import instalments as money_pairings

urlpatterns: list[URLPattern] = [
    path("desk/money/pairings/", money_pairings.agreements, name="money_pairings"),
    path("desk/money/instalments/", money_pairings.instalments, name="money_instalments"),
    path("desk/money/instalments/new/", money_pairings.instalment_new, name="money_instalment_new"),
    path("desk/money/instalments/<int:pk>/", money_pairings.instalment, name="money_instalment"),
    path(
        "desk/money/instalments/<int:pk>/confirm/",
        money_pairings.instalment_confirmation,
        name="money_instalment_confirm",
    ),
    path(
        "desk/money/instalments/<int:pk>/refuse/",
        money_pairings.instalment_refusal,
        name="money_instalment_refuse",
    ),
    path("desk/money/goods/", money_goods.goods, name="money_goods"),
    path("desk/money/goods/new/", money_goods.goods_new, name="money_goods_new"),
    path("desk/money/goods/<slug:code>/", money_goods.goods_gift, name="money_goods_gift"),
    path(
        "desk/money/goods/<slug:code>/confirm/",
        money_goods.goods_confirmation,
        name="money_goods_confirm",
    ),
    path(
        "desk/money/goods/<slug:code>/refuse/",
        money_goods.goods_refusal,
        name="money_goods_refuse",
    ),
]
