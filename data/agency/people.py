"""Who works where: the invented agency, its clients, their interviewers, and the job seekers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

AGENCY = "Lakeside Staffing"
DOMAIN = "lakeside-staffing.example"
RECRUITERS = ("Priya Raman", "Marcus Bell", "Joanna Kowalczyk", "Tom Adeyemi")


def plain(text: str) -> str:
    """The text in ASCII letters, as people type it into an address."""
    folded = text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O").replace("đ", "d")
    return unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()


def address(first: str, last: str, domain: str) -> str:
    """``first.last@domain`` without spaces, apostrophes and marks."""
    keep = [plain(part).lower().replace(" ", "").replace("'", "") for part in (first, last)]
    return f"{keep[0]}.{keep[1]}@{domain}"


@dataclass(frozen=True)
class Interviewer:
    """Somebody at a client who meets candidates."""

    title: str
    first: str
    last: str
    email: str
    phone: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def polite(self) -> str:
        return f"{self.title} {self.last}"


@dataclass(frozen=True)
class Client:
    """A client with its clock, its holidays, its route and what it hires for (job -> things talked about)."""

    name: str
    zone: str
    calendar: str
    route: str
    domain: str
    staff: tuple[Interviewer, ...]
    jobs: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Candidate:
    """A job seeker on the agency's books."""

    number: str
    first: str
    last: str
    email: str
    phone: str
    zone: str
    recruiter: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


TOPICS: dict[str, tuple[str, ...]] = {
    "Data Analyst": ("the warehouse migration", "weekly sales report", "data quality checks"),
    "Accountant": ("month-end close", "the new ledger", "audit season"),
    "Project Manager": ("the depot roll-out", "supplier delays", "steering group"),
    "Nurse Coordinator": ("night shift handover", "the scheduling system", "discharge planning"),
    "Warehouse Lead": ("shift planning", "the new conveyor line", "safety walks"),
    "Software Engineer": ("on-call rota", "the payments rewrite", "code review habits"),
    "Customer Service Lead": ("first-call resolution", "the chat pilot", "training plan"),
    "Maintenance Technician": ("preventive maintenance", "the press shop", "spare parts stock"),
    "Marketing Specialist": ("the autumn campaign", "newsletter testing", "brand refresh"),
}

_CLIENTS = """
Tamarack Mutual|America/Detroit|US-MI|direct|tamarack
  Data Analyst,Accountant|Ms Dana Whitlock,Mr Sam Okafor,Ms Kim Brandt,Mr Leo Hart
Copperline Robotics|America/Detroit|US-MI|direct|copperline
  Software Engineer,Maintenance Technician|Mr Raj Iyer,Ms Helen Strand,Mr Curtis Boyd,Ms Ada Moll
Larkspur Health|America/Detroit|US-MI|direct|larkspur
  Nurse Coordinator,Customer Service Lead|Dr Nora Feld,Ms Tanya Greer,Mr Luis Pardo,Ms June Abbott
Osprey Freight Systems|America/Detroit|US-MI|direct|osprey-freight
  Warehouse Lead,Project Manager|Mr Walt Jensen,Ms Bea Novak,Mr Dion Price,Ms Rita Salas
Bluewater Foundry|America/Detroit|US-MI|direct_copy_agency|bluewater
  Maintenance Technician,Accountant|Ms Gail Turner,Mr Otto Lang,Ms Vera Stone,Mr Ned Cole
Fennimore Foods|America/Detroit|US-MI|via_agency|fennimore
  Warehouse Lead,Marketing Specialist|Ms Carla Voss,Mr Ian Petty,Ms Lois Drake,Mr Hugo Wynn
Kestrel & Vane|America/Chicago|US-IL|direct|kestrel-vane
  Marketing Specialist,Data Analyst|Ms Paula Reyes,Mr Glen Fisk,Ms Mina Shah,Mr Evan Dahl
Grainmark|America/Chicago|US-IL|direct|grainmark
  Project Manager,Accountant|Mr Howard Stein,Ms Yolanda Cruz,Mr Pete Malloy,Ms Ruth Engel
Halyard Payments|America/Chicago|US-IL|direct_copy_agency|halyard
  Software Engineer,Customer Service Lead|Ms Ingrid Solberg,Mr Abel Quinn,Ms Faye Lowe,Mr Theo Marsh
Pinhook Software|America/Chicago|US-IL|unknown|pinhook
  Software Engineer,Data Analyst|Mr Jonah Webb,Ms Lena Ortiz,Mr Carl Nyberg,Ms Della Finch
Millrace Insurance|America/Chicago|US-IL|via_agency|millrace
  Accountant,Customer Service Lead|Ms Opal Harding,Mr Simon Gale,Ms Trudy Nash,Mr Max Hollis
Thistledown Partners|Europe/London|GB-ENG|direct|thistledown
  Project Manager,Data Analyst|Mr Alistair Crewe,Ms Philippa Moss,Ms Anjali Sen,Mr Gareth Pugh
Saltbox Studios|America/Los_Angeles|US-CA|direct|saltbox
  Marketing Specialist,Software Engineer|Ms Marisol Vega,Mr Dex Lyman,Ms Cleo Park,Mr Owen Reed
Maplecourt Systems|America/Toronto|CA-ON|direct|maplecourt
  Software Engineer,Project Manager|Ms Geneviève Roy,Mr Arjun Mehta,Ms Colleen Fox,Mr Paul Tremblay
"""

_NAMES = """
Ana Ferreira; Ben Castellano; Chris Smith; Christine Smith; José Núñez; Zoë Bäcker; Łukasz Wiśniewski; Siobhán
O'Neill; María García López; Anne-Marie Dubois-Clarke; Minh_Anh Nguyễn; Darnell Washington; Keisha Monroe; Tyler
Brandvold; Fatima Al-Sayed; Omar Haddad; Yuki Tanabe; Wei Zhang; Li_Na Chen; Deepak Chaudhary; Sunita Rao;
Oluwaseun Bankole; Amara Okonkwo; Kwame Mensah; Björn Åkesson; Søren Østergaard; Małgorzata Nowak; Renée
Lévesque; François Béland; Inês Gonçalves; João_Pedro Alves; Katarzyna Zając; Dmitri Volkov; Olena Shevchuk;
Ioana Popescu; Miloš Jovanović; Thu_Hà Đặng; Rosa Delgado Ruiz; Hector Villanueva; Luz_Marina Ortega; Patrick
Sweeney; Maeve Gallagher; Gwen Llewellyn; Duncan McAllister; Tamsin Pryce; Hannah Vogel; Jürgen Köhler; Elif
Yıldız; Mehmet Şahin; Leila Farahani; Reza Karimi; Noa Ben-David; Eitan Shapira; Grace Whitfield; Jamal Pettway;
Latoya Briggs; Marcus Tolliver; Denise Kurowski; Brittany Lund; Kyle Van der Berg; Shelby Hargrove; Cody Renfro;
Monique St. Clair; Andre Baptiste; Thandiwe Ndlovu; Farah Siddiqui; Imran Qureshi; Mei-Ling Ho; Kenji Murata;
Soo-jin Baek; Arturo Peña; Ximena Cárdenas; Gloria Esposito; Luca Bellandi; Petra Horváth; Tomáš Dvořák; Viktor
Lindqvist; Aoife Brennan; Rhys Bevan; Nadia Rahimi; Stella Papadakis; Yannis Markou; Jesse Redbird; Carmen
Yazzie; Dale Huffman; Irene Mbeki; Pavel Orlov; Ruth-Ann Meeks
"""  # noqa: RUF001

ELSEWHERE = {
    "Gwen Llewellyn": "Europe/London",
    "Tamsin Pryce": "Europe/London",
    "Ximena Cárdenas": "America/Los_Angeles",
    "Cody Renfro": "America/Los_Angeles",
    "Renée Lévesque": "America/Toronto",
    "François Béland": "America/Toronto",
    "Kyle Van der Berg": "America/Chicago",
    "Shelby Hargrove": "America/Chicago",
    "Arturo Peña": "America/Chicago",
}


def _interviewer(text: str, domain: str, number: int) -> Interviewer:
    title, first, last = text.split()
    return Interviewer(title, first, last, address(first, last, domain), f"312-555-{number:04d}")


def clients() -> list[Client]:
    """The fourteen clients."""
    found: list[Client] = []
    lines = [line.strip() for line in _CLIENTS.strip().splitlines()]
    for where, what in zip(lines[::2], lines[1::2], strict=True):
        name, zone, calendar, route, domain = where.split("|")
        jobs, staff = what.split("|")
        first = 100 + 4 * len(found)
        people = tuple(_interviewer(text, f"{domain}.example", first + n) for n, text in enumerate(staff.split(",")))
        topics = {job: TOPICS[job] for job in jobs.split(",")}
        found.append(Client(name, zone, calendar, route, f"{domain}.example", people, topics))
    return found


def candidates() -> list[Candidate]:
    """The job seekers, in the order of their numbers; the two Smiths differ by address and phone."""
    found = []
    for i, name in enumerate(n.strip() for n in _NAMES.replace("\n", " ").split(";")):
        first, last = (part.replace("_", " ") for part in name.split(" ", 1))
        email = "c.smith82@example.com" if name == "Christine Smith" else address(first, last, "example.com")
        spelling = ("(313) 555-{:04d}", "313-555-{:04d}", "+1 313 555 {:04d}")[i % 3]
        found.append(
            Candidate(
                f"C-{1041 + 3 * i}",
                first,
                last,
                email,
                spelling.format(100 + i),
                ELSEWHERE.get(name, "America/Detroit"),
                RECRUITERS[i % len(RECRUITERS)],
            )
        )
    return found
