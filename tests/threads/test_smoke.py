from tests import make
from hall.threads import queries, service
from hall.db import atomic, db
def test_smoke(app, now, count_queries):
    e = make.estate(); b = make.building(e.id, name="3栋")
    _,p,a = make.owner(e.id,b.id)
    with atomic(): t = service.open_thread(e.id,"x",answer_body="committee",now=now)
    c = service.comment(a,e.id,t,text="hi",now=now)
    r = service.comment(a,e.id,t,text="re",parent_id=c,now=now)
    pg = queries.page(t,a,sort="answered",after=None,now=now)
    print(pg)
    print(queries.open_points(t,None,None), queries.counts([t],now), queries.owed(e.id), queries.by_body(e.id,now))
    assert len(pg.comments)==1 and len(pg.comments[0].replies)==1
