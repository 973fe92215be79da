"""Queries whose cost does not grow with what other contracts hold."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet


def among(*numbers: QuerySet[Any, Any]) -> Q:
    """The rows whose number is in one of these queries, each of one column.

    Rather than « or » across several tables of many rows, which joins them all before it chooses: the product of
    what every contract holds.
    """
    return reduce(or_, (Q(pk__in=one.order_by()) for one in numbers))
