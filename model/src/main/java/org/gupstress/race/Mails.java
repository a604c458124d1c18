// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.List;

/** The postings that the designs follow, and the answers in which their races were named. */
public final class Mails {
  public static final Source JULY = hubbard(
      "mm/fs: gup: don't unmap or drop filesystem buffers, 1 Jul 2018", "20180702005654.20369-1");
  public static final Source JULY_5 = hubbard("July, patch 5/6", "20180702005654.20369-6");
  public static final Source JULY_6 = hubbard("July, patch 6/6", "20180702005654.20369-7");
  public static final Source KARA_JULY =
      Source.mail("Kara, 2 Jul 2018", "20180702095331.n5zfz35d3invl5al@quack2.suse.cz");
  public static final Source LAMETER = Source.mail(
      "Lameter, 3 Jul 2018",
      "0100016461425062-724aa9d3-d7c1-4fa2-a87b-dc59cc5f7800-000000@email.amazonses.com");

  public static final Source OCTOBER =
      hubbard("RFC: gup+dma: tracking dma-pinned pages, 12 Oct 2018", "20181012060014.10242-1");
  public static final Source OCTOBER_4 = hubbard("October, patch 4/6", "20181012060014.10242-5");
  public static final Source OCTOBER_6 = hubbard("October, patch 6/6", "20181012060014.10242-7");
  public static final Source SINGH =
      Source.mail("Singh, 12 Oct 2018", "20181012110728.GL8537@350D");
  public static final Source CHINNER =
      Source.mail("Chinner, 13 Oct 2018", "20181013230124.GB18822@dastard");
  public static final Source KARA_OCTOBER =
      Source.mail("Kara, 16 Oct 2018", "20181016085102.GB18918@quack2.suse.cz");
  public static final Source HOCKO =
      Source.mail("Hocko, 19 Oct 2018", "20181019081115.GM18839@dhcp22.suse.cz");
  public static final Source CHINNER_NOVEMBER =
      Source.mail("Chinner, 6 Nov 2018", "20181106024715.GU6311@dastard");
  public static final Source KARA_SUBMIT =
      Source.mail("Kara, 6 Nov 2018", "20181106110006.GE25414@quack2.suse.cz");

  public static final Source NOVEMBER =
      hubbard("RFC v2: gup+dma: tracking dma-pinned pages, 10 Nov 2018", "20181110085041.10071-1");
  public static final Source NOVEMBER_4 = hubbard("November, patch 4/6", "20181110085041.10071-5");
  public static final Source NOVEMBER_5 = hubbard("November, patch 5/6", "20181110085041.10071-6");
  public static final Source NOVEMBER_6 = hubbard("November, patch 6/6", "20181110085041.10071-7");
  public static final Source KARA_NOVEMBER =
      Source.mail("Kara, 12 Nov 2018", "20181112135811.GF7175@quack2.suse.cz");

  public static final Source BIAS =
      hubbard("RFC v2: mm: gup/dma tracking, 3 Feb 2019", "20190204052135.25784-1");

  private Mails() {}

  /** The postings themselves, in order. */
  public static List<Source> postings() {
    return List.of(JULY, OCTOBER, NOVEMBER, BIAS);
  }

  private static Source hubbard(String text, String id) {
    return Source.mail(text, id + "-jhubbard@nvidia.com");
  }
}
