"""Runs in the peers' own environment (.peers): Selenium fills the form of forty fields, box by box, each read back.

One line of JSON in (address, browser, driver, wishes), then for every empty line the milliseconds of one filling. The
driver is the one it is told; without one Selenium would look for a driver on the network.
"""

import json
import os
import sys
import time
from typing import Any

os.environ |= {"SE_OFFLINE": "true", "SE_AVOID_STATS": "true"}

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select


def fill(driver: Any, wishes: list[list[str]]) -> None:
    for name, kind, value in wishes:
        if kind == "radio":
            box = driver.find_element(By.CSS_SELECTOR, f"[name={name}][value='{value}']")
            box.click()
            held = value if box.is_selected() else ""
        elif kind == "select":
            box = Select(driver.find_element(By.NAME, name))
            box.select_by_visible_text(value)
            held = box.first_selected_option.text
        else:
            box = driver.find_element(By.NAME, name)
            if kind == "date":  # readonly: no key goes in
                driver.execute_script("arguments[0].value = arguments[1]", box, value)
            else:
                box.send_keys(value)
            held = box.get_property("value")
        assert held == value, (name, held, value)


def main() -> None:
    told = json.loads(sys.stdin.readline())
    options = ChromeOptions()
    options.binary_location = told["browser"]
    for flag in ("--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update"):
        options.add_argument(flag)
    driver = Chrome(options=options, service=Service(executable_path=told["driver"]))
    try:
        for _ in sys.stdin:
            driver.get(told["address"])
            began = time.perf_counter()
            fill(driver, told["wishes"])
            print((time.perf_counter() - began) * 1000, flush=True)
    finally:
        driver.quit()


main()
