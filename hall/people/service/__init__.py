"""What can be done with accounts, sessions and posts; the verbs are explained where they stand."""

from hall.people.service.accounts import (
    account_of_person,
    add_account,
    checked_login,
    create_account,
    find_account,
    link_person,
    set_password,
)
from hall.people.service.passwords import hashed, use_cheap_hasher, use_hasher
from hall.people.service.posts import (
    GrantedPost,
    end_post,
    grant_first_post,
    grant_post,
    reissue_password,
    reissue_password_at_server,
)
from hall.people.service.sessions import (
    SignedIn,
    change_password,
    end_session,
    sign_in,
    sign_out,
    sign_out_everywhere,
    start_session,
)
from hall.people.service.throttle import (
    count_failure,
    forget,
    refuse_locked,
    sweep,
    throttle,
)

__all__ = [
    "GrantedPost",
    "SignedIn",
    "account_of_person",
    "add_account",
    "change_password",
    "checked_login",
    "count_failure",
    "create_account",
    "end_post",
    "end_session",
    "find_account",
    "forget",
    "grant_first_post",
    "grant_post",
    "hashed",
    "link_person",
    "refuse_locked",
    "reissue_password",
    "reissue_password_at_server",
    "set_password",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "start_session",
    "sweep",
    "throttle",
    "use_cheap_hasher",
    "use_hasher",
]
